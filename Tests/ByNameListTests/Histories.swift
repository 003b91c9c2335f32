import ByNameList
import CivilTime
import Fixtures
import Foundation

/// The random histories that the properties are tried on.
enum Histories {
    /// Tests of one chunk each run side by side.
    static let chunks = 0..<8

    /// `BNL_HISTORIES`, or 2000.
    static let count = ProcessInfo.processInfo.environment["BNL_HISTORIES"].flatMap(Int.init) ?? 2000

    /// The first seed: `BNL_FIRST_SEED`, or 1, so that one history can be looked at again.
    static let first = ProcessInfo.processInfo.environment["BNL_FIRST_SEED"].flatMap(UInt64.init) ?? 1

    static func seeds(of chunk: Int, share: Int = 1) -> [UInt64] {
        stride(from: chunk, to: max(1, count / share), by: chunks.count).map { first + UInt64($0) }
    }
}

extension RandomHistory {
    /// Everybody, with the facts that stand.
    var lives: [Life] {
        people.map { person in
            Life(person: person, facts: standing(facts.filter { $0.person == person }))
        }
    }

    /// What a reader needs to tell the story of one person: the policy, their facts, and all households.
    func story(of person: PersonID) -> String {
        let shown = facts.filter { fact in
            if fact.person == person { return true }
            switch fact.content {
            case .household, .identity, .death, .samePerson, .void: return true
            case .intake, .stay, .contact, .assessment, .programmeExit, .moveIn, .leave, .waiting, .consent, .answer,
                .determination, .sealed:
                return fact.replaces != nil
            }
        }
        let lines = shown.map { fact in
            let replaced = fact.replaces.map { " (replaces \($0.number))" } ?? ""
            return "  \(fact.id.number)\(replaced) of person \(fact.person.number): \(fact.content.story)"
        }
        return "seed \(seed), person \(person.number)\n\(policy.story)\n" + lines.joined(separator: "\n")
    }
}

extension FactContent {
    fileprivate var story: String {
        let text =
            switch self {
            case .stay(let stay):
                "stay \(stay.situation.code) \(stay.from) to \(optional(stay.to)) \(stay.knowledge)"
                    + " confirmed \(optional(stay.confirmedTo)) destination \(stay.isDestination)"
            case .moveIn(let moveIn):
                "move-in \(moveIn.on) to \(optional(moveIn.to)) \(moveIn.housing.code) \(moveIn.how)"
            case .contact(let contact):
                "contact \(contact.on) seen homeless \(contact.seenHomeless) \(contact.kind.code)"
                    + " place \(contact.place?.code ?? "-") destination \(contact.isDestination)"
            case .household(let statement):
                "household \(statement.household.number) \(statement.from) to \(optional(statement.to))"
                    + " as \(statement.role.code)"
            case .waiting(let waiting):
                "waiting \(waiting.from) to \(optional(waiting.to)) confirmed \(optional(waiting.confirmedTo))"
            case .identity(_, let birth): "born \(birth.map { "\($0.date)" } ?? "-")"
            case .void(let fact): "void of \(fact.number)"
            case .samePerson(let other): "the same person as \(other.number)"
            case .intake, .assessment, .programmeExit, .leave, .death, .consent, .answer, .determination, .sealed:
                "\(self)"
            }
        return text
    }

    private func optional(_ day: CivilDate?) -> String { day.map { "\($0)" } ?? "-" }
}

extension Policy {
    fileprivate var story: String {
        let limits = inactivity.map { limit in
            "\(limit.days) from \(limit.from.map { "\($0)" } ?? "-") night \(limit.night?.code ?? "-")"
                + " household \(limit.household?.code ?? "-")"
        }
        return """
            \(template): inactive [\(limits.joined(separator: "; "))] \(inactivityComparator.rawValue), \
            institution \(institutionDaysMax), hidden \(hiddenIsHomeless), transitional \(transitionalIsActive), \
            exit to unknown \(exitToUnknown.rawValue), lookback \(returnLookbackDays.map(String.init) ?? "-"), \
            chronic \(chronicRule.code) by \(chronicCurrency.rawValue), outside families \
            \(adultsOutsideFamiliesOnly), consent \(requireConsent), waiting \(waitingForHousingIsActivity), \
            contacts \(activityContacts.map(\.code).sorted())
            """
    }
}
