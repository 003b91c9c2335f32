import CLinux
import Glibc

/// Which cores a process or a thread may run on, a bit for each.
struct Cores: Sendable {
    let bits: UInt

    static let all = Cores(bits: .max)
    static let first = Cores(bits: 1)
    static let second = Cores(bits: 2)

    /// Without a second core a server and its clients share the first.
    static let areSeveral = sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 1

    /// Keeps the calling thread to these cores, and what it starts while the body runs.
    func keeping<Answer>(_ body: () throws -> Answer) rethrows -> Answer {
        _ = bnl_run_on(0, bits)
        defer { _ = bnl_run_on(0, Cores.all.bits) }
        return try body()
    }
}
