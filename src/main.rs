//! Mounts the app.

fn main() {
    pg_backup_portal::app::mount();
}
