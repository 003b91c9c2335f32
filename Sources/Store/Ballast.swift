import Glibc

/// A file that holds room on the disk, to be given up when there is no other: on a full disk not even a deletion fits.
struct Ballast: Sendable {
    /// 256 pages: the rows of a few thousand looks, or the pages that erasing somebody touches, while the log is used
    /// over and over. Small enough that nobody misses it.
    static let bytes = 1 << 20

    private let folder: DataFolder
    private var path: String { folder.path + "/ballast" }

    init(_ folder: DataFolder) {
        self.folder = folder
    }

    /// Takes the room; false if the disk has not twice as much, so that what comes next does not end it at once.
    func take() -> Bool {
        var status = stat()
        if stat(path, &status) == 0, status.st_size == Ballast.bytes { return true }
        guard folder.bytesFree >= 2 * Ballast.bytes else { return false }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        if posix_fallocate(descriptor, 0, off_t(Ballast.bytes)) == 0 { return true }
        giveUp()
        return false
    }

    func giveUp() { unlink(path) }

    /// Before the record is opened: SQLite itself needs a little room for that.
    func makeRoomForOpening() {
        if folder.bytesFree < Ballast.bytes { giveUp() }
    }
}
