//! What intake promises, tried on our own fixtures, on corpora of hard mail, and on noise.

mod corpus;
mod shared;
