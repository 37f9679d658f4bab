//! Large content in an S3 bucket. The server is `s3s` over a folder, in this process, on a loopback port.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hyper_util::rt::{TokioExecutor, TokioIo};
use kronika::archive::Placement;
use kronika::interaction::record::record;
use kronika::journal::stray;
use kronika::storage::objects::S3Location;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::support::{TestArchive, incompressible, mail};

const BUCKET: &str = "kronika-test";

/// Serves a folder as S3 for as long as the runtime lives, and gives the bucket.
async fn serve(folder: &Path) -> S3Location {
    serve_while(folder, Arc::new(AtomicBool::new(true))).await
}

/// Serves a folder; while `admitting` is false, every new connection hears that it is forbidden.
async fn serve_while(folder: &Path, admitting: Arc<AtomicBool>) -> S3Location {
    std::fs::create_dir_all(folder.join(BUCKET)).unwrap();
    let mut service = S3ServiceBuilder::new(FileSystem::new(folder).unwrap());
    service.set_auth(SimpleAuth::from_single("test-access", "test-secret"));
    let service = service.build();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let server = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
        while let Ok((mut stream, _)) = listener.accept().await {
            if !admitting.load(Ordering::Relaxed) {
                let mut request = [0; 1024];
                let _ = stream.read(&mut request).await;
                let _ = stream
                    .write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    .await;
                continue;
            }
            let connection = server
                .serve_connection(TokioIo::new(stream), service.clone())
                .into_owned();
            tokio::spawn(connection);
        }
    });
    bucket(&format!("http://{address}"))
}

/// The bucket at the given server; the credentials are the process's, as they are in service.
fn bucket(endpoint: &str) -> S3Location {
    static CREDENTIALS: std::sync::Once = std::sync::Once::new();
    CREDENTIALS.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
        // SAFETY: only these tests look at the variables, and each of them waits for this to be done.
        unsafe {
            std::env::set_var("AWS_ACCESS_KEY_ID", "test-access");
            std::env::set_var("AWS_SECRET_ACCESS_KEY", "test-secret");
        }
    });
    S3Location {
        bucket: BUCKET.to_owned(),
        prefix: "office".to_owned(),
        region: "eu-central-1".to_owned(),
        endpoint: Some(endpoint.to_owned()),
    }
}

/// Files of the bucket under the archive's prefix.
fn stored(folder: &Path) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.join(BUCKET).join("office")];
    while let Some(path) = waiting.pop() {
        match std::fs::read_dir(&path) {
            Ok(entries) => waiting.extend(entries.map(|entry| entry.unwrap().path())),
            Err(_) => found.extend(std::fs::read(&path)),
        }
    }
    found
}

async fn in_bucket(place: S3Location) -> TestArchive {
    TestArchive::placed(Placement {
        postgres: None,
        s3: Some(place),
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn large_originals_go_to_the_bucket_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let place = serve(folder.path()).await;
    let archive = in_bucket(place).await;
    let large = mail("Plans")
        .id("1@x")
        .body("Wielorybnik")
        .attach("plan.bin", &incompressible(1, 300_000));
    let small = mail("Note").id("2@x");

    let (large_key, small_key) = (archive.record(&large).await, archive.record(&small).await);
    archive.record_in("ewa", &large).await;

    let stored = stored(folder.path());
    assert_eq!(
        stored.len(),
        1,
        "one object for the large one, none for the small one"
    );
    assert!(stored[0].len() > 300_000 && !stored[0].windows(11).any(|part| part == b"Wielorybnik"));
    assert_eq!(archive.original(large_key).await, large.bytes());
    assert_eq!(archive.original(small_key).await, small.bytes());
    archive.opened_again().await.is_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_or_lost_object_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let place = serve(folder.path()).await;
    let archive = in_bucket(place).await;
    archive
        .record(&mail("Plans").attach("plan.bin", &incompressible(1, 300_000)))
        .await;
    archive.is_sound().await;
    let name = object(folder.path());
    let whole = std::fs::read(&name).unwrap();
    let mut changed = whole.clone();
    changed[150_000] ^= 1;

    for damaged in [Some(changed), Some(whole[..whole.len() - 1].to_vec()), None] {
        match damaged {
            Some(bytes) => std::fs::write(&name, bytes).unwrap(),
            None => std::fs::remove_file(&name).unwrap(),
        }
        let report = kronika::journal::verify::verify(&archive, |_| true)
            .await
            .unwrap();
        assert_eq!(report.damaged, 1, "{:?}", report.damage);
    }
    std::fs::write(&name, whole).unwrap();
    archive.is_sound().await;
}

fn object(folder: &Path) -> std::path::PathBuf {
    let below = std::fs::read_dir(folder.join(BUCKET).join("office")).unwrap();
    let folder = below
        .map(|entry| entry.unwrap().path())
        .find(|path| path.is_dir())
        .unwrap();
    std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nothing_refers_to_is_found_in_the_bucket_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let place = serve(folder.path()).await;
    let archive = in_bucket(place).await;
    let large = mail("Plans").attach("plan.bin", &incompressible(1, 300_000));
    let key = archive.record(&large).await;
    for name in ["ab/000000000000000000000000000000", "ab/letter.txt"] {
        archive.objects.put(name, vec![7; 1_000]).await.unwrap();
    }
    archive.sealer.seal(&archive).await.unwrap();
    assert_eq!(stored(folder.path()).len(), 3);
    let verified = kronika::journal::verify::verify(&archive, |_| true)
        .await
        .unwrap();
    let strays = verified.strays.unwrap();
    assert_eq!((strays.objects, strays.bytes, verified.damaged), (1, 1_000, 0));

    // The bucket goes by the clock of this machine; the archive's is set past it.
    archive.pass(10 * 365 * 86_400);
    let cleaned = stray::clean(&archive, false).await.unwrap();

    assert_eq!(cleaned.removed.len(), 1);
    assert_eq!(cleaned.removed[0].name, "ab/000000000000000000000000000000");
    assert_eq!(
        stored(folder.path()).len(),
        2,
        "what has no name of ours is none of our business"
    );
    assert_eq!(archive.original(key).await, large.bytes());
    archive.is_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_bucket_does_not_take_is_not_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let admitting = Arc::new(AtomicBool::new(false));
    let place = serve_while(folder.path(), admitting.clone()).await;
    let archive = in_bucket(place).await;
    let large = mail("Plans")
        .id("1@x")
        .attach("plan.bin", &incompressible(1, 150_000));
    let records = archive.number("SELECT COUNT(*) FROM record").await;

    let refused = record(&archive, vec![archive.prepared("office", &large.bytes())]).await;

    let refused = refused.unwrap_err().to_string();
    assert!(
        refused.starts_with("stored content could not be read or written"),
        "{refused}"
    );
    assert_eq!(archive.number("SELECT COUNT(*) FROM record").await, records);
    archive.record(&mail("Note").id("2@x")).await;
    admitting.store(true, Ordering::Relaxed);
    let key = archive.record(&large).await;
    assert_eq!(archive.original(key).await, large.bytes());
    archive.is_sound().await;
}
