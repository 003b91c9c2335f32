import API
import HTTP
import HTTPServer

extension Setting {
    /// How often callers may come.
    static let rates: [Setting] = [
        number("rate.requests", "requests/s", 50, in: 1...1_000_000, "Requests with one token, over time; 429 beyond.")
        {
            $0.service.rates.requestsPerSecond = $1
        },
        number("rate.burst", "requests", 100, in: 1...1_000_000, "Requests with one token that may come at once.") {
            $0.service.rates.requestsAtOnce = $1
        },
        number("rate.searches", "searches/min", 60, in: 1...1_000_000, "Searches with one token; 429 beyond.") {
            $0.service.rates.searchesPerMinute = $1
        },
        number(
            "rate.failures", "requests/min", 5, in: 1...1_000_000,
            "Requests of one address with no good token; then 429 for a minute, for two, and so on to an hour."
        ) { $0.service.rates.failuresPerMinute = $1 },
        number(
            "rate.failures.addresses", "addresses", 10_000, in: 100...10_000_000,
            "Addresses with such failures that are kept in mind; while there are more, new ones are answered 429."
        ) { $0.service.rates.failingAddressesMax = $1 },
    ]

    /// Who stands in front of the server, and whose pages may ask it.
    static let neighbours: [Setting] = [
        Setting(
            name: "proxies", unit: "", defaultValue: "",
            meaning:
                "Addresses, with commas between them, whose X-Forwarded-For is believed; any number of connections."
        ) { settings, text in
            let names = text.split(separator: ",").map { $0.filter { $0 != " " } }
            let addresses = names.compactMap { Address($0) }
            settings.limits.proxies = Set(addresses)
            settings.service.proxies = Set(addresses)
            return addresses.count == names.count
        },
        Setting(
            name: "origins", unit: "", defaultValue: "",
            meaning: "Web pages that may read answers in a browser, as https://dash.example.org; empty: none."
        ) { settings, text in
            let origins = text.split(separator: ",").map { $0.filter { $0 != " " } }
            settings.service.origins = Origins(origins)
            return origins.allSatisfy { origin in
                origin.hasPrefix("https://") || origin.hasPrefix("http://")
            } && origins.allSatisfy { !$0.dropFirst(8).contains("/") }
        },
    ]
}
