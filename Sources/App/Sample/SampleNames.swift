/// Names to make up people with; they were put together for this community and mean nobody.
struct SampleNames {
    let feminine: [String]
    let masculine: [String]
    let family: [String]

    /// Weighted roughly as a mid-sized city hears them.
    static let cultures: [(weight: Int, choice: SampleNames)] = [
        (38, english), (14, french), (12, spanish), (8, slavic), (8, southAsian), (7, eastAfrican), (7, arabic),
        (6, vietnamese),
    ]

    static let english = SampleNames(
        feminine: words("Alma Beth Carol Dana Edith Faye Gail Hazel Irene Jolene Kay Lorna Maeve Nell Olive Peg Rhoda"),
        masculine: words("Abel Boyd Clive Dale Earl Floyd Glen Howard Ivor Jude Keith Lyle Miles Ned Otis Perry Roy"),
        family: words(
            "Ashgrove Barlow Crane Dunmore Elkins Farrow Gable Harkness Ingle Kestrel Larkin Marlow Norcott Oakes "
                + "Pemble Quill Rudge Stroud Thorne Underhay Varley Wickett Yarrow"))

    static let french = SampleNames(
        feminine: words("Adèle Béatrice Céline Delphine Élodie Flavie Ginette Huguette Josée Lucie Manon Noémie"),
        masculine: words("Alain Benoît Cédric Denis Émile Fabrice Gaétan Hervé Jacques Luc Marcel Réjean Yvon"),
        family: words(
            "Aubépin Beauchêne Charlevent Desrosiers Fontenelle Grandpré Lachance Montclair Petitbois Rivemont "
                + "Sansoucy Vallières"))

    static let spanish = SampleNames(
        feminine: words("Alicia Belén Carmen Dolores Elvira Graciela Inés Luz Marisol Noelia Pilar Rocío Yolanda"),
        masculine: words("Andrés Braulio César Diego Emilio Fermín Gonzalo Hernán Ignacio Joaquín Mateo Rubén Tomás"),
        family: words(
            "Aldana Barrientos Carvajal Delrío Escalante Figueroa Galindo Ibarra Luján Montoya Ocampo Quiroga "
                + "Sandoval Zamora"))

    static let slavic = SampleNames(
        feminine: words("Agnieszka Bohdana Danuta Halyna Iryna Katarzyna Lesia Milena Oksana Renata Zofia"),
        masculine: words("Andrij Bogdan Czesław Dmytro Igor Jarosław Ludmil Marek Ostap Petro Taras Witold"),
        family: words(
            "Bereza Czarnik Dubrowski Horban Jasiński Koval Lisowski Melnyk Nowicki Savchuk Tkach Wilk Zelenko"))

    static let southAsian = SampleNames(
        feminine: words("Anjali Bhavna Deepa Farzana Gurleen Harpreet Kavita Lakshmi Meena Nasreen Parveen Sunita"),
        masculine: words("Arjun Balwinder Deepak Faisal Gurdeep Harish Imran Jaspal Kiran Mahesh Naveed Rajan"),
        family: words("Ahluwalia Bains Chaudhry Dhaliwal Gill Iyer Joshi Kaur Malik Nair Pillai Rana Sethi Verma"))

    static let eastAfrican = SampleNames(
        feminine: words("Abeba Ayaan Bilan Deqa Eden Fadumo Genet Hodan Ifrah Mulu Saba Sahra Tigist Zahra"),
        masculine: words("Abdi Bereket Cabdi Daniel Eyob Farah Getachew Hassan Isaias Liban Mahad Samatar Tesfaye"),
        family: words("Abshir Bekele Dahir Egal Fikru Guled Haile Jama Kebede Mengistu Nur Osman Roble Warsame"))

    static let arabic = SampleNames(
        feminine: words("Amal Basma Dunya Fatin Hanan Iman Jamila Khadija Lubna Maysa Nadia Rania Samar Widad"),
        masculine: words("Adnan Bassam Fadi Ghassan Hadi Ibrahim Jalal Karim Munir Nabil Omar Rashid Sami Tarek"),
        family: words("Attar Bakri Darwish Farouk Haddad Jabri Khoury Masri Najjar Qasim Sabbagh Tahan Zaki"))

    static let vietnamese = SampleNames(
        feminine: words("An Bích Diệu Giang Hoa Hương Lan Linh Mai Ngọc Thảo Thúy Tuyết Yến"),
        masculine: words("Anh Bảo Cường Dũng Hải Hùng Khoa Long Minh Nam Phúc Quang Sơn Tuấn"),
        family: words("Bùi Cao Đặng Đinh Hồ Huỳnh Lâm Lương Mạc Phan Tạ Trịnh Võ Vương"))

    private static func words(_ text: String) -> [String] { text.split(separator: " ").map { String($0) } }
}

/// Words to tell people apart whose names nobody knows.
enum SampleDescriptions {
    static let wearing = [
        "grey parka", "red toque", "army jacket", "blue raincoat", "orange vest", "long black coat", "green hoodie",
        "walking stick", "shopping cart", "two backpacks", "small brown dog", "bicycle with a trailer",
    ]
    static let places = [
        "under the Mill Street bridge", "behind the library", "by the rail yard", "in the ravine below Third Avenue",
        "at the bus terminal", "in a blue van near the arena", "at the riverside tents", "in the car park at Elm Court",
        "at the back of the church hall", "by the warehouse on Dock Road",
    ]
}
