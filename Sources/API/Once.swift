import ByNameList
import Crypto
import HTTP
import Store

/// What a request that adds facts is answered with: ids, codes and dates only, because the receipt keeps it.
struct AnsweredOnce: Sendable {
    let status: Int
    let body: [UInt8]
    /// Whom it speaks of, the person it is about first; a retry is answered only if its token may still read them all.
    let people: [PersonID]
    /// The first of them is new: nobody's data is shown by saying so.
    var isAboutNewPerson = false
}

extension Service {
    /// Does a request once, however often it arrives: a retry gets the same status and body, marked as a replay.
    ///
    /// - Parameter isLong: nobody else's change waits for its commit.
    func once(
        _ call: Call, isLong: Bool = false, _ work: @escaping @Sendable (CommunityLedger) throws -> AnsweredOnce
    ) async throws -> Response {
        let key = try IdempotencyKey.of(call.request)
        let hash = Array(SHA256.hash(data: call.request.body))
        let target = call.route.pattern + " " + call.captures.dropFirst().joined(separator: " ")
        let request = IdempotentRequest(
            community: call.community.id, actor: call.grant.origin.actor, route: target, key: key, bodyHash: hash)
        let (answer, isReplay) = try await answered(request, call, isLong: isLong, work)
        var response = Answers.json(answer.status, bytes: answer.body)
        if isReplay { response.fields.add("Idempotent-Replayed", "true") }
        return response
    }

    /// Does a request once under the name that it is known by.
    func answered(
        _ request: IdempotentRequest, _ call: Call, isLong: Bool = false,
        _ work: @escaping @Sendable (CommunityLedger) throws -> AnsweredOnce
    ) async throws -> (answer: AnsweredOnce, isReplay: Bool) {
        try await store.write(isLong: isLong) { transaction in
            let ledger = CommunityLedger(transaction, origin: call.grant.origin)
            var fresh: AnsweredOnce?
            let (text, isReplay) = try transaction.answering(request) {
                let answered = try work(ledger)
                try ledger.log(
                    call.disclosure(call.route.purpose),
                    of: Array(answered.people.dropFirst(answered.isAboutNewPerson ? 1 : 0)))
                fresh = answered
                return KeptAnswer(answered).text(call.ids)
            }
            if let fresh, !isReplay { return (fresh, false) }
            guard let kept = KeptAnswer(text: text, call.ids)?.answer else { throw Problem(.internalError) }
            for (place, person) in kept.people.enumerated() {
                // Beside the person it is about it names only whom the caller may read.
                let least: Sight = place == 0 ? .codeOnly : .everything
                guard call.sight(of: try ledger.reach(of: person)) >= least else {
                    throw Problem(.noSuchPerson, about: person)
                }
            }
            try ledger.log(call.disclosure(call.route.purpose), of: kept.people)
            return (kept, true)
        }
    }
}

/// An answer as the receipt keeps it: `201 p_0123456789ABC,p_… {…}`; about nobody, `422 - …`.
struct KeptAnswer {
    let answer: AnsweredOnce

    init(_ answer: AnsweredOnce) {
        self.answer = answer
    }

    init?(text: String, _ ids: PublicIDs) {
        let parts = text.utf8.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard parts.count == 3, let status = Int(Substring(parts[0])) else { return nil }
        let people = parts[1].split(separator: UInt8(ascii: ",")).compactMap { ids.person(Substring($0)) }
        answer = AnsweredOnce(status: status, body: Array(parts[2]), people: people)
    }

    func text(_ ids: PublicIDs) -> String {
        let people = answer.people.isEmpty ? "-" : answer.people.map { ids.text(of: $0) }.joined(separator: ",")
        return "\(answer.status) \(people) \(String(decoding: answer.body, as: UTF8.self))"
    }
}

/// What a client calls a request that may arrive twice.
enum IdempotencyKey {
    static func of(_ request: Request) throws -> String {
        guard request.count("idempotency-key") == 1, let value = request.value("idempotency-key"),
            (8...200).contains(value.count), value.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else {
            throw Problem(
                .idempotencyKey,
                "Send one Idempotency-Key of 8 to 200 visible ASCII characters, new for each request and the same "
                    + "for each retry of it.")
        }
        return String(decoding: value, as: UTF8.self)
    }
}
