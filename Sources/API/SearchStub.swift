import ByNameList
import CivilTime
import Store
struct PossibleDuplicate: Sendable {
    let person: PersonID; let reasons: [Reason]; enum Reason: Sendable { case sameName; var code: String { "x" } }
}
extension Reader {
    func possibleDuplicates(
        of identity: IdentityDetails, birth: BirthDate?, externalIDs: [ExternalID], in community: Int64,
        may: (PersonID) throws -> Bool
    ) throws -> [PossibleDuplicate] { [] }
}
enum SearchEndpoint {
    static func search(_ service: Service, _ call: Call) async throws -> HTTP.Response { Answers.json { _ in } }
}
import HTTP
