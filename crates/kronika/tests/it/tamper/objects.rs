//! Large originals, which lie in files or a bucket.

use std::fs;
use std::path::{Path, PathBuf};

use super::{damage, filled};
use crate::on_each_database;
use crate::support::{TestArchive, incompressible, mail};

/// Records large messages from this address.
pub async fn large(archive: &TestArchive, from: &str, seeds: [u64; 2]) {
    for seed in seeds {
        let letter = mail("Plan").from(from).id(&format!("{seed}@x"));
        archive
            .record(&letter.attach("plan.bin", &incompressible(seed, 200_000)))
            .await;
    }
    archive.sealer.seal(archive).await.unwrap();
}

/// The objects' files.
pub fn objects(archive: &Path) -> Vec<PathBuf> {
    let folders = fs::read_dir(archive.join("objects")).unwrap();
    let mut found: Vec<PathBuf> = folders
        .flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .collect();
    found.sort();
    found
}

/// What an object can become, given all of them and one of another archive; `None` is gone.
pub fn damages(objects: &[Vec<u8>], stranger: Vec<u8>) -> Vec<(String, Option<Vec<u8>>)> {
    let whole = &objects[0];
    let mut damages = Vec::new();
    for at in [0, 1, 16, 40, whole.len() / 2, whole.len() - 1] {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        damages.push((format!("byte {at} flipped"), Some(flipped)));
    }
    for length in [0, 1, 60, 65_536, whole.len() - 1] {
        damages.push((format!("cut off at {length}"), Some(whole[..length].to_vec())));
    }
    damages.push((
        "more behind it".to_owned(),
        Some([whole.as_slice(), b"x"].concat()),
    ));
    damages.push(("another of this archive".to_owned(), Some(objects[1].clone())));
    damages.push(("one of another archive".to_owned(), Some(stranger)));
    damages.push(("gone".to_owned(), None));
    damages
}

on_each_database! {
    async fn whatever_is_done_to_an_object_is_named(archive: TestArchive) {
        filled(&archive).await;
        large(&archive, "anna@dab.example", [1, 2]).await;
        let stranger = TestArchive::on_sqlite().await;
        large(&stranger, "anna@dab.example", [1, 2]).await;
        let stranger = fs::read(&objects(stranger.path())[0]).unwrap();
        let files = objects(archive.path());
        let whole: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
        for (done, bytes) in damages(&whole, stranger) {
            match bytes {
                Some(bytes) => fs::write(&files[0], bytes).unwrap(),
                None => fs::remove_file(&files[0]).unwrap(),
            }

            let damage = damage(&archive).await;

            assert_eq!(damage.len(), 1, "{done}: {damage:?}");
            assert!(damage[0].contains("its original cannot be read"), "{done}: {damage:?}");
            fs::write(&files[0], &whole[0]).unwrap();
        }
        archive.is_sound().await;
    }

    async fn two_objects_in_each_others_place_are_both_named(archive: TestArchive) {
        large(&archive, "anna@dab.example", [1, 2]).await;
        let files = objects(archive.path());
        let aside = archive.path().join("aside");
        fs::rename(&files[0], &aside).unwrap();
        fs::rename(&files[1], &files[0]).unwrap();

        fs::rename(&aside, &files[1]).unwrap();

        let damage = damage(&archive).await;
        assert_eq!(damage.len(), 2, "{damage:?}");
        assert!(damage.iter().all(|sentence| sentence.contains("its original cannot be read")), "{damage:?}");
    }
}
