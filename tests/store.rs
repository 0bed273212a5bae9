//! Holds `sidecar::store`: an acknowledged edit is never lost, whatever the disk, the program or somebody else does.

#[path = "files/faulty.rs"]
mod faulty;
#[path = "files/memory.rs"]
mod memory;

mod store {
    mod crash;
    mod damage;
    mod desk;
    mod fault;
    mod kill;
    mod life;
    mod together;
}
