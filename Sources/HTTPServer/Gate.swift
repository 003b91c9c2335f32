import HTTP
import Threads

/// Counts the connections of all loops, in all and by address.
struct Gate: Sendable {
    private struct Counts {
        var total = 0
        var byAddress: [Address: Int] = [:]
    }

    private let connectionsMax: Int
    private let perAddressMax: Int
    private let exempt: Set<Address>
    private let counts = Guarded(Counts())

    init(_ limits: ServerLimits, connectionsMax: Int) {
        self.connectionsMax = connectionsMax
        perAddressMax = limits.connectionsPerAddressMax
        exempt = limits.proxies
    }

    /// Whether another one from there may come in; who does has to leave.
    func enter(_ address: Address) -> Bool {
        let network = address.network
        return counts.with { counts in
            guard counts.total < connectionsMax else { return false }
            if !exempt.contains(address) {
                let count = counts.byAddress[network, default: 0]
                guard count < perAddressMax else { return false }
                counts.byAddress[network] = count + 1
            }
            counts.total += 1
            return true
        }
    }

    func leave(_ address: Address) {
        let network = address.network
        counts.with { counts in
            counts.total -= 1
            guard let count = counts.byAddress[network] else { return }
            counts.byAddress[network] = count > 1 ? count - 1 : nil
        }
    }
}
