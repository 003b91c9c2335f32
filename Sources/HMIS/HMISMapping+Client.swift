import ByNameList

extension HMISMapping {
    /// Client: identity, and veteran status for the whole history.
    mutating func addClient() throws {
        let shown = detail(nil, client.stamps)
        add(client.row, "identity", .identity(named: name != nil, birth: birth), shown)
        let answer: YesNo
        switch client.veteran {
        case nil: return
        case 0: answer = .no
        case 1: answer = .yes
        case 9: answer = .declined
        case 8, 99: answer = .dontKnow
        default:
            try note(client.row, .unknownCode, .valueDropped, column: "VeteranStatus")
            return
        }
        add(
            client.row, "veteran", .answer(Answer(.veteran, answer)),
            detail(nil, client.stamps, code: ("VeteranStatus", client.veteran)))
    }

    /// `nil` where nobody is named; hashes are not names.
    var name: NameParts? {
        guard !export.hashStatus.isHashed, client.names.contains(where: { !$0.isEmpty }) else { return nil }
        return NameParts(
            first: client.names[0], middle: client.names[1], last: client.names[2], suffix: client.names[3],
            quality: client.nameQuality)
    }

    /// A date whose quality is not said to be full is an approximate one.
    var birth: BirthDate? {
        client.birth.map { BirthDate($0, quality: client.birthQuality == 1 ? .full : .approximate) }
    }

    var matchKeys: [MatchKey] {
        guard export.hashStatus.isHashed else { return [] }
        let hashes: [(MatchKey.Kind, String)] = [
            (.firstName, client.names[0]), (.middleName, client.names[1]), (.lastName, client.names[2]),
            (.socialSecurityNumber, client.socialSecurityHash),
        ]
        return hashes.filter { !$0.1.isEmpty }.map { MatchKey(kind: $0.0, hash: $0.1) }
    }
}
