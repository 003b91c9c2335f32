import CivilTime
import HTTP
import Threads

/// How often something may be asked; what is beyond is answered 429 (RFC 6585 §4).
package struct RateLimits: Hashable, Sendable {
    /// Requests with one token in a second, over time.
    package var requestsPerSecond = 50
    /// Requests with one token that may come at once.
    package var requestsAtOnce = 100
    /// Searches with one token in a minute: somebody who reads the whole list by asking for names.
    package var searchesPerMinute = 60
    /// Requests from one address in a minute with tokens that open nothing; the next ones wait a minute, then two.
    package var failuresPerMinute = 5
    /// Addresses whose failures are kept in mind: enough for a community, and no more than somebody with many may fill.
    package var failingAddressesMax = 10_000

    package init() {}
}

/// Counts what callers ask for: by token, and for tokens that open nothing by address.
///
/// A good token is never refused for what others at its address do: a shelter has one address for all its workers.
final class Rates: Sendable {
    private struct Counts {
        var requests: [Int64: Bucket] = [:]
        var searches: [Int64: Bucket] = [:]
    }

    private struct Failing {
        var addresses: [Address: Failures] = [:]
        var cleared = Instant(microseconds: 0)
    }

    private let limits: RateLimits
    private let counts = Guarded(Counts())
    // Behind a lock of its own: who comes with a good token does not wait for those who do not.
    private let failing = Guarded(Failing())

    init(_ limits: RateLimits) {
        self.limits = limits
    }

    /// Counts a request with a token; the seconds after which to come again if it is one too many.
    func request(_ token: Int64, at now: Instant) -> Int? {
        counts.with { counts in
            counts.requests[token, default: Bucket(limits.requestsAtOnce, at: now)].take(
                at: now, perMinute: limits.requestsPerSecond * 60, atOnce: limits.requestsAtOnce)
        }
    }

    /// Likewise a search.
    func search(_ token: Int64, at now: Instant) -> Int? {
        counts.with { counts in
            counts.searches[token, default: Bucket(limits.searchesPerMinute, at: now)].take(
                at: now, perMinute: limits.searchesPerMinute, atOnce: limits.searchesPerMinute)
        }
    }

    /// Counts a request whose token opens nothing.
    func failure(_ address: Address, at now: Instant) -> Int? {
        let network = address.network
        return failing.with { failing in
            if failing.addresses[network] == nil, failing.addresses.count >= limits.failingAddressesMax {
                // Once a second at the most: it walks through all of them.
                if now.microseconds < failing.cleared.microseconds
                    || now.microseconds - 1_000_000 > failing.cleared.microseconds
                {
                    failing.cleared = now
                    failing.addresses = failing.addresses.filter { !$0.value.isOver(at: now) }
                }
                // All of them at it: whoever comes next is told so, and nobody is forgotten for them.
                if failing.addresses.count >= limits.failingAddressesMax { return Failures.penaltySeconds }
            }
            return failing.addresses[network, default: Failures(at: now)].count(at: now, limits.failuresPerMinute)
        }
    }
}

/// A bucket that fills with time and from which each request takes one; it tells in millionths.
private struct Bucket {
    private var level: Int64
    private var filled: Instant

    init(_ atOnce: Int, at now: Instant) {
        level = Int64(atOnce) * 1_000_000
        filled = now
    }

    mutating func take(at now: Instant, perMinute: Int, atOnce: Int) -> Int? {
        // The clock may be set back; and an hour fills any bucket.
        let passed = min(max(0, now.microseconds - filled.microseconds), 3_600_000_000)
        level = min(Int64(atOnce) * 1_000_000, level + passed * Int64(perMinute) / 60)
        filled = now
        guard level < 1_000_000 else {
            level -= 1_000_000
            return nil
        }
        let perSecond = max(1, Int64(perMinute) * 1_000_000 / 60)
        return Int((1_000_000 - level + perSecond - 1) / perSecond)
    }
}

/// Tokens that open nothing, from one address: a few, then a pause that doubles each time.
private struct Failures {
    static let penaltySeconds = 60
    private static let penaltySecondsMax = 3_600

    private var since: Instant
    private var number = 0
    private var pause = 0
    private var until: Instant

    init(at now: Instant) {
        since = now
        until = now
    }

    /// A minute without any, and no pause to wait for: the address has a clean sheet again.
    func isOver(at now: Instant) -> Bool {
        now.microseconds - max(since, until).microseconds > Int64(max(pause, Self.penaltySeconds)) * 1_000_000
    }

    mutating func count(at now: Instant, _ perMinute: Int) -> Int? {
        if isOver(at: now) { self = Failures(at: now) }
        if now < until { return Self.seconds(from: now, to: until) }
        if now.microseconds - since.microseconds > Int64(Self.penaltySeconds) * 1_000_000 {
            since = now
            number = 0
        }
        number += 1
        guard number > perMinute else { return nil }
        pause = min(max(Self.penaltySeconds, pause * 2), Self.penaltySecondsMax)
        until = Instant(microseconds: now.microseconds + Int64(pause) * 1_000_000)
        since = until
        number = 0
        return pause
    }

    private static func seconds(from now: Instant, to then: Instant) -> Int {
        Int((then.microseconds - now.microseconds + 999_999) / 1_000_000)
    }
}
