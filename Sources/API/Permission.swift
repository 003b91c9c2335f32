package import ByNameList

/// What a route lets its callers do; every guarded route is declared with one.
package enum Permission: String, CaseIterable, Sendable {
    case admitPeople
    case readPeople
    case searchPeople
    case writeFacts
    case readList
    case readReports
    case readPolicy
    /// To choose anew where the field disagrees; every figure of the community is made anew.
    case changePolicy
    case readWorklist
    /// To have stays judged that the caller sends along; nothing of any record is in the answer.
    case evaluateStays

    /// Whom a role reaches by this permission: the authorization table, of which every cell is tested.
    package func relation(of role: Role) -> Relation {
        switch (self, role) {
        case (.admitPeople, .outreach), (.readPeople, .outreach), (.searchPeople, .outreach), (.writeFacts, .outreach),
            (.readList, .outreach):
            .served
        case (.admitPeople, .coordinator), (.readPeople, .coordinator), (.searchPeople, .coordinator),
            (.writeFacts, .coordinator), (.readList, .coordinator), (.readWorklist, .coordinator):
            .everybody
        case (.readReports, .outreach), (.readReports, .coordinator), (.readReports, .dashboard),
            (.readReports, .admin), (.evaluateStays, .outreach), (.evaluateStays, .coordinator),
            (.readPolicy, .outreach), (.readPolicy, .coordinator), (.readPolicy, .dashboard),
            (.readPolicy, .admin), (.changePolicy, .admin):
            .figuresOnly
        case (.readWorklist, .outreach), (.admitPeople, .dashboard), (.admitPeople, .admin), (.readPeople, .dashboard),
            (.readPeople, .admin), (.searchPeople, .dashboard), (.searchPeople, .admin), (.writeFacts, .dashboard),
            (.writeFacts, .admin), (.readList, .dashboard), (.readList, .admin), (.readWorklist, .dashboard),
            (.readWorklist, .admin), (.evaluateStays, .dashboard), (.evaluateStays, .admin),
            (.changePolicy, .outreach), (.changePolicy, .coordinator), (.changePolicy, .dashboard):
            .nobody
        }
    }
}
