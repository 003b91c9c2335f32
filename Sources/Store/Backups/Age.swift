import Glibc

/// The program `age`, which encrypts backups for somebody whose key is not on this machine.
enum Age {
    /// What every file of age begins with.
    private static let mark = Array("age-encryption.org/v1".utf8)

    static func encrypt(_ source: String, to target: String, for recipient: String) throws(StoreError) {
        try run(["age", "--encrypt", "--recipient", recipient, "--output", target, source])
        guard begins(target, with: mark) else {
            throw .unavailable(detail: "age has left no encrypted file, and the backup was given up")
        }
    }

    /// - Parameter identity: the file that holds the key.
    static func decrypt(_ source: String, to target: String, with identity: String) throws(StoreError) {
        try run(["age", "--decrypt", "--identity", identity, "--output", target, source])
    }

    private static func run(_ words: [String]) throws(StoreError) {
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = [
            strdup("PATH=" + (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin")), nil,
        ]
        defer { for pointer in arguments + environment { free(pointer) } }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A server blocks the signals that stop it, and whoever it starts would do so too.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var process: pid_t = 0
        let failure = posix_spawnp(&process, words[0], nil, &attributes, &arguments, &environment)
        guard failure == 0 else {
            throw .unavailable(
                detail: "age cannot be started (\(String(cString: strerror(failure)))): is it installed?")
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else {
            throw .unavailable(detail: "age has failed, with status \(status >> 8): look at the recipient or the key")
        }
    }

    private static func begins(_ path: String, with mark: [UInt8]) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: mark.count)
        return bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) } == mark.count
            && bytes == mark
    }
}
