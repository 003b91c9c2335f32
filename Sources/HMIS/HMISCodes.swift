package import ByNameList

/// The year of the HMIS CSV specification that an export follows.
package enum HMISVersion: UInt8, CaseIterable, Sendable {
    case fy2022 = 22
    case fy2024 = 24
    case fy2026 = 26

    /// The version that CSVVersion names; between two versions, the older one was in force.
    package init?(csvVersion text: String) {
        let digits = text.utf8.split { $0 < 48 || $0 > 57 }
        guard let year = digits.compactMap({ Int(String(decoding: $0, as: UTF8.self)) }).first(where: { $0 >= 2000 })
        else { return nil }
        self = year < 2024 ? .fy2022 : year < 2026 ? .fy2024 : .fy2026
    }
}

/// A living situation or destination, translated to the codes of FY2024 where the export is older.
package struct LivingSituationCode: Hashable, Sendable {
    package let code: Int
    /// The subsidy that an older code implies.
    package let subsidy: Int?

    package init(_ code: Int, version: HMISVersion) {
        guard version == .fy2022, code < 100, let new = LivingSituationCode.translated(code) else {
            self.code = code
            subsidy = nil
            return
        }
        self.code = new
        // Before FY2024 one code said "rental with a rapid re-housing subsidy" (31).
        subsidy = code == 31 ? LivingSituationCode.rapidRehousingSubsidy : nil
    }

    /// DestinationSubsidyType "RRH or equivalent subsidy".
    static let rapidRehousingSubsidy = 431

    /// FY2022 to FY2024 (hmis-mapping.md, versions); `nil` for codes that stayed as they were.
    private static func translated(_ code: Int) -> Int? {
        switch code {
        case 1, 16, 18: 100 + code
        case 4...7, 15, 25: 200 + code
        case 2, 12...14, 27, 29, 32, 35, 36: 300 + code
        case 10, 11, 21...23, 26: 400 + code
        case 3, 19, 20, 28, 31, 33, 34: 435
        default: nil
        }
    }

    /// What the code says about where the person is.
    package var answer: LivingSituationAnswer {
        switch code {
        case 101: .situation(.emergencyShelter)
        case 118: .situation(.safeHaven)
        case 100...199: .situation(.unsheltered)
        case 200...299: .situation(.institution)
        case 302, 327: .situation(.transitional)
        case 314: .situation(.hotelSelfPay)
        case 300...399: .situation(.doubledUp)
        case 400...499: .permanent
        case 24: .deceased
        case 8, 9, 17, 30, 37: .unknown
        case 99: .notAsked
        default: .noSuchCode
        }
    }

    /// Places not meant for habitation, shelters and safe havens.
    package var isLiterallyHomeless: Bool { (100...199).contains(code) }
}

/// What a living situation or destination says.
package enum LivingSituationAnswer: Hashable, Sendable {
    case situation(Situation)
    case permanent
    case deceased
    case unknown
    case notAsked
    case noSuchCode
}

/// HMIS 2.02.6.
package enum ProjectType: Int, CaseIterable, Sendable {
    case shelter = 0
    case shelterNightByNight = 1
    case transitional = 2
    case supportiveHousing = 3
    case streetOutreach = 4
    case servicesOnly = 6
    case other = 7
    case safeHaven = 8
    case housingOnly = 9
    case housingWithServices = 10
    case dayShelter = 11
    case prevention = 12
    case rapidRehousing = 13
    case coordinatedEntry = 14

    /// An entry is homeless evidence.
    package var isHomeless: Bool {
        switch self {
        case .shelter, .shelterNightByNight, .transitional, .streetOutreach, .safeHaven: true
        case .supportiveHousing, .servicesOnly, .other, .housingOnly, .housingWithServices, .dayShelter, .prevention,
            .rapidRehousing, .coordinatedEntry:
            false
        }
    }

    /// The housing that a move-in of the project is into; `nil` where the project houses nobody permanently.
    package var housing: Housing? {
        switch self {
        case .supportiveHousing, .housingOnly, .housingWithServices: .permanentHousing
        case .rapidRehousing: .rapidRehousing
        case .shelter, .shelterNightByNight, .transitional, .streetOutreach, .servicesOnly, .other, .safeHaven,
            .dayShelter, .prevention, .coordinatedEntry:
            nil
        }
    }

    /// The situation of every night between entry and exit.
    package var situation: Situation? {
        switch self {
        case .shelter: .emergencyShelter
        case .transitional: .transitional
        case .safeHaven: .safeHaven
        case .shelterNightByNight, .supportiveHousing, .streetOutreach, .servicesOnly, .other, .housingOnly,
            .housingWithServices, .dayShelter, .prevention, .rapidRehousing, .coordinatedEntry:
            nil
        }
    }

    /// A destination says where the person went; elsewhere an exit is a contact and nothing else.
    package var destinationCounts: Bool {
        switch self {
        case .other, .dayShelter, .prevention: false
        case .shelter, .shelterNightByNight, .transitional, .supportiveHousing, .streetOutreach, .servicesOnly,
            .safeHaven, .housingOnly, .housingWithServices, .rapidRehousing, .coordinatedEntry:
            true
        }
    }
}
