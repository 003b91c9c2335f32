package import ByNameList

/// What a route lets its callers do; every guarded route is declared with one.
package enum Permission: String, CaseIterable, Sendable {
    case admitPeople
    case readPeople
    case searchPeople
    case writeFacts
    case readList
    case readReports
    /// To read what holds the counts of a few people and is sent on, or says how figures change: reliability, exports,
    /// targets.
    case readExactReports
    case readPolicy
    /// To choose anew where the field disagrees; every figure of the community is made anew.
    case changePolicy
    case readWorklist
    /// To look at what was submitted of each month, and at what is said about it.
    case readSubmissions
    /// To freeze a month as it is known, and to say something about its data.
    case submitMonths
    /// To see of whom a submitted month says something else now.
    case compareSubmissions
    /// To say which records are one person's, that they are not, and which are not to begin with.
    case mergePeople
    /// To have stays judged that the caller sends along; nothing of any record is in the answer.
    case evaluateStays

    /// Who was shown to whom, all of it.
    case readAccesses
    /// Who was shown one person, for that person to know.
    case readAccessesOfPerson
    /// To erase who somebody is, at their request.
    case erasePeople
    /// Whose identity was erased, by number.
    case readErasures
    /// Which agencies there are, and what they do.
    case readAgencies
    case changeAgencies
    /// To let people in, and to end that.
    case manageTokens
    /// Which communities the token is for.
    case readCommunities
    /// How the forms of form tools are read.
    case readForms
    case changeForms
    /// To look at submissions that were refused, and to settle them.
    case settleSubmissions

    /// Whom a role reaches by this permission: the first half of the authorization table, of which every cell is
    /// tested; `Relation.sight(of:)` is the second.
    package func relation(of role: Role) -> Relation {
        switch role {
        case .outreach: ofOutreach
        case .coordinator: ofCoordinator
        case .dashboard, .collaborative: ofFigures
        case .admin: ofAdmin
        case .auditor: ofAuditor
        }
    }

    private var ofOutreach: Relation {
        switch self {
        case .admitPeople, .readPeople, .searchPeople, .writeFacts, .readList, .readAccessesOfPerson: .served
        case .readReports, .readPolicy, .evaluateStays, .readCommunities: .figuresOnly
        case .readExactReports, .readSubmissions, .submitMonths, .compareSubmissions, .changePolicy, .readWorklist,
            .mergePeople, .readAccesses, .readAgencies, .changeAgencies, .manageTokens,
            .erasePeople, .readErasures, .readForms, .changeForms, .settleSubmissions:
            .nobody
        }
    }

    private var ofCoordinator: Relation {
        switch self {
        case .admitPeople, .readPeople, .searchPeople, .writeFacts, .readList, .readWorklist, .mergePeople,
            .readAccessesOfPerson, .erasePeople, .settleSubmissions, .compareSubmissions:
            .everybody
        case .readSubmissions, .submitMonths, .readReports, .readExactReports, .readPolicy, .evaluateStays,
            .readCommunities,
            .readAgencies, .readForms:
            .figuresOnly
        case .changePolicy, .readErasures, .readAccesses, .changeAgencies, .manageTokens, .changeForms: .nobody
        }
    }

    private var ofFigures: Relation {
        switch self {
        case .readReports, .readPolicy, .readCommunities: .figuresOnly
        case .admitPeople, .readPeople, .searchPeople, .writeFacts, .readList, .readWorklist, .mergePeople,
            .readAccessesOfPerson, .evaluateStays, .changePolicy, .readAccesses, .readAgencies, .changeAgencies,
            .manageTokens, .erasePeople, .readErasures, .readForms, .changeForms, .settleSubmissions, .readSubmissions,
            .readExactReports, .submitMonths, .compareSubmissions:
            .nobody
        }
    }

    private var ofAdmin: Relation {
        switch self {
        case .readSubmissions, .readReports, .readExactReports, .readPolicy, .changePolicy, .readCommunities,
            .readAgencies,
            .changeAgencies, .manageTokens,
            .readForms, .changeForms:
            .figuresOnly
        case .admitPeople, .readPeople, .searchPeople, .writeFacts, .readList, .readWorklist, .mergePeople,
            .readAccessesOfPerson, .evaluateStays, .readAccesses, .erasePeople, .readErasures, .settleSubmissions,
            .submitMonths, .compareSubmissions:
            .nobody
        }
    }

    private var ofAuditor: Relation {
        switch self {
        case .readAccesses, .readErasures, .readCommunities, .readAgencies, .readPolicy: .figuresOnly
        case .readAccessesOfPerson: .numbersOnly
        case .admitPeople, .readPeople, .searchPeople, .writeFacts, .readList, .readWorklist, .mergePeople,
            .evaluateStays, .changePolicy, .readReports, .changeAgencies, .manageTokens, .erasePeople, .readForms,
            .changeForms, .settleSubmissions, .readSubmissions, .readExactReports, .submitMonths, .compareSubmissions:
            .nobody
        }
    }
}
