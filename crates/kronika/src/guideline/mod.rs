//! The firm's own rules of communication: documents with versions that its people read and accept.

pub mod act;
pub mod store;

use serde::{Deserialize, Serialize};

/// What one version of a guideline says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct GuidelineText {
    pub title: String,
    /// Paragraphs, parted by empty lines.
    pub text: String,
    /// A short test that whoever accepts it has to pass; may be empty.
    #[serde(default)]
    pub questions: Vec<Question>,
}

/// A question with answers to choose from, of which one is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub asked: String,
    pub answers: Vec<String>,
    /// Place of the right one, from 0.
    pub right: usize,
}

/// Why a text cannot be issued. Each names the question by its number, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GuidelineMistake {
    #[error("a guideline needs a title and a text")]
    Empty,
    #[error("a guideline of this length is read by nobody; 100,000 characters are enough")]
    TooLong,
    #[error("question {0} needs at least two answers, each on a line that begins with - or +")]
    FewAnswers(usize),
    #[error("question {0} needs exactly one right answer: the line that begins with +")]
    NotOneRight(usize),
}

/// The most characters of a text, and of a test.
const LONGEST: usize = 100_000;

impl GuidelineText {
    /// Reads what a person wrote: a title, a text, and a test in lines. A question is a line, its answers are the lines
    /// below it that begin with `-`, the right one with `+`.
    pub fn read(title: &str, text: &str, test: &str) -> Result<GuidelineText, GuidelineMistake> {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = text.trim().replace("\r\n", "\n");
        if title.is_empty() || text.is_empty() {
            return Err(GuidelineMistake::Empty);
        }
        if [title.as_str(), &text, test]
            .iter()
            .any(|part| part.len() > LONGEST)
        {
            return Err(GuidelineMistake::TooLong);
        }
        Ok(GuidelineText {
            title,
            text,
            questions: questions(test)?,
        })
    }

    /// The test in the lines it is written in.
    pub fn test(&self) -> String {
        let blocks: Vec<String> = self.questions.iter().map(Question::lines).collect();
        blocks.join("\n\n")
    }

    /// The text's paragraphs.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.text
            .split("\n\n")
            .map(str::trim)
            .filter(|part| !part.is_empty())
    }

    /// Which questions were answered wrongly or not at all, by their places from 0. `answers` are places of answers,
    /// one for each question.
    pub fn wrong(&self, answers: &[Option<usize>]) -> Vec<usize> {
        let given = |place: usize| answers.get(place).copied().flatten();
        let wrong = self.questions.iter().enumerate();
        wrong
            .filter(|(place, question)| given(*place) != Some(question.right))
            .map(|(place, _)| place)
            .collect()
    }
}

impl Question {
    fn lines(&self) -> String {
        let answers = self.answers.iter().enumerate().map(|(place, answer)| {
            let mark = if place == self.right { '+' } else { '-' };
            format!("{mark} {answer}")
        });
        std::iter::once(self.asked.clone())
            .chain(answers)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

fn questions(test: &str) -> Result<Vec<Question>, GuidelineMistake> {
    let mut drafts: Vec<(String, Vec<(bool, String)>)> = Vec::new();
    for line in test.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let answer = line
            .strip_prefix('+')
            .map(|answer| (true, answer))
            .or_else(|| line.strip_prefix('-').map(|answer| (false, answer)));
        match (answer, drafts.last_mut()) {
            (Some((right, answer)), Some((_, answers))) => answers.push((right, answer.trim().to_owned())),
            (Some(_), None) => return Err(GuidelineMistake::FewAnswers(1)),
            (None, _) => drafts.push((line.to_owned(), Vec::new())),
        }
    }
    (1..)
        .zip(drafts)
        .map(|(number, draft)| question(number, draft))
        .collect()
}

fn question(
    number: usize,
    (asked, answers): (String, Vec<(bool, String)>),
) -> Result<Question, GuidelineMistake> {
    if answers.len() < 2 {
        return Err(GuidelineMistake::FewAnswers(number));
    }
    let mut right = (0..)
        .zip(&answers)
        .filter(|(_, (right, _))| *right)
        .map(|(place, _)| place);
    let (Some(place), None) = (right.next(), right.next()) else {
        return Err(GuidelineMistake::NotOneRight(number));
    };
    Ok(Question {
        asked,
        answers: answers.into_iter().map(|(_, answer)| answer).collect(),
        right: place,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEST: &str = "May prices be agreed by private messenger?\n- Yes\n+ No\n\nWhat follows a call?\n\
        + A written confirmation\n- Nothing\n- A second call";

    #[test]
    fn a_test_is_read_as_it_is_written_and_written_as_it_is_read() {
        let text = GuidelineText::read(" Calls ", "One.\r\n\r\nTwo.", TEST).unwrap();

        assert_eq!(text.title, "Calls");
        assert_eq!(text.paragraphs().collect::<Vec<_>>(), ["One.", "Two."]);
        assert_eq!(text.questions.len(), 2);
        assert_eq!((text.questions[0].right, text.questions[1].right), (1, 0));
        assert_eq!(text.test(), TEST);
        assert_eq!(
            GuidelineText::read("Calls", "One.\n\nTwo.", &text.test()).unwrap(),
            text
        );
    }

    #[test]
    fn a_test_is_passed_only_with_every_answer_right() {
        let text = GuidelineText::read("Calls", "One.", TEST).unwrap();

        assert!(text.wrong(&[Some(1), Some(0)]).is_empty());
        assert_eq!(text.wrong(&[Some(1), Some(2)]), [1]);
        assert_eq!(text.wrong(&[None]), [0, 1]);
        assert!(
            GuidelineText::read("Calls", "One.", "")
                .unwrap()
                .wrong(&[])
                .is_empty()
        );
    }

    #[test]
    fn what_nobody_could_accept_is_not_issued() {
        let read = |test: &str| GuidelineText::read("Calls", "One.", test).unwrap_err();

        assert_eq!(
            GuidelineText::read(" ", "One.", "").unwrap_err(),
            GuidelineMistake::Empty
        );
        assert_eq!(
            GuidelineText::read("Calls", "", "").unwrap_err(),
            GuidelineMistake::Empty
        );
        assert_eq!(read("- an answer first"), GuidelineMistake::FewAnswers(1));
        assert_eq!(read("Why?\n+ So"), GuidelineMistake::FewAnswers(1));
        assert_eq!(
            read("A?\n+ a\n- b\nB?\n- a\n- b"),
            GuidelineMistake::NotOneRight(2)
        );
        assert_eq!(read("A?\n+ a\n+ b"), GuidelineMistake::NotOneRight(1));
        assert_eq!(
            GuidelineText::read("Calls", &"a".repeat(LONGEST + 1), "").unwrap_err(),
            GuidelineMistake::TooLong
        );
    }
}
