import Testing

@testable import EvenhandIO

@Suite struct ValueFormTests {
    @Test(
        arguments: [
            ("General", .number), ("0.00", .number), ("#,##0.00;[Red]-#,##0.00", .number), ("0.00E+00", .number), ("@", .number),
            ("0\"d\"", .number), ("0\\d", .number), ("0_d", .number), ("0.0 s", .number), ("[Red]0", .number), ("[<=9]0;h", .number),
            ("\"h:mm\"0", .number), ("[$kr-41D]#,##0", .number), ("G/通用格式", .number), ("General\"分\"", .number), ("# ?/?", .number),
            ("", .number), ("[", .number), ("\"", .number), ("\\", .number), ("[$€-2]* 0", .number),
            ("0%", .percentage), ("\"TRUE\";\"TRUE\";\"FALSE\"", .truth), ("0.00%;[Red]-0.00%", .percentage), ("0\"%\"", .number),
            ("0\\%", .number), ("#0.0\" \"%", .percentage),
            ("yyyy-mm-dd", .date), ("d/m/yy h:mm", .date), ("yyyy\"年\"m\"月\"d\"日\"", .date), ("yyyy年m月d日", .date), ("mmm-yy", .date),
            ("[$-409]mmmm d, yyyy;@", .date), ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", .date), ("m月", .date), ("MM", .date),
            ("ggge年", .date), ("aaaa", .date), ("[DBNum1][$-804]yyyy年m月", .date), ("dd.mm.yyyy", .date), ("YYYY/MM/DD HH:MM:SS", .date),
            ("h:mm", .time(decimals: 0)), ("h:mm AM/PM", .time(decimals: 0)), ("上午/下午h\"时\"mm\"分\"", .time(decimals: 0)),
            ("[$-F400]h:mm:ss AM/PM", .time(decimals: 0)), ("mm:ss", .time(decimals: 0)), ("mm:ss.00", .time(decimals: 2)),
            ("[h]:mm:ss", .duration(decimals: 0)), ("[mm]:ss", .duration(decimals: 0)), ("[ss].000", .duration(decimals: 3)),
            ("[HH]\"h\"", .duration(decimals: 0)),
        ] as [(String, ValueForm)])
    func `a format code tells what a number is`(code: String, form: ValueForm) {
        #expect(ValueForm(code: Array(code.utf8)) == form)
    }

    @Test(
        arguments: [
            (0, .number), (1, .number), (4, .number), (9, .percentage), (10, .percentage), (11, .number), (14, .date), (17, .date),
            (18, .time(decimals: 0)), (21, .time(decimals: 0)), (22, .date), (27, .date), (36, .date), (37, .number),
            (45, .time(decimals: 0)), (46, .duration(decimals: 0)), (47, .time(decimals: 1)), (49, .number), (50, .date), (58, .date),
            (59, .number), (-1, .number),
        ] as [(Int, ValueForm)])
    func `formats without a code are known by their number`(id: Int, form: ValueForm) { #expect(ValueForm(builtIn: id) == form) }

    @Test(
        arguments: [
            ("46151", .date, "2026-05-09"), ("46151.422916666669", .date, "2026-05-09 10:09:00"),
            ("46151.423194444447", .date, "2026-05-09 10:09:24"), ("46151.999999999", .date, "2026-05-10"), ("1", .date, "1900-01-01"),
            ("59", .date, "1900-02-28"), ("60", .date, "1900-02-29"), ("61", .date, "1900-03-01"), ("36585", .date, "2000-02-29"),
            ("2958465", .date, "9999-12-31"), ("2958466", .date, "2958466"), ("-1", .date, "-1"), ("1e300", .date, "1e300"),
            ("abc", .date, "abc"), ("nan", .date, "nan"), ("0.42708333333333331", .date, "10:15"), ("4.6151E4", .date, "2026-05-09"),
            ("0.42708333333333331", .time(decimals: 0), "10:15"), ("0.42743055555555554", .time(decimals: 0), "10:15:30"),
            ("0.375", .time(decimals: 0), "09:00"), ("46151.5", .time(decimals: 0), "12:00"), ("0.999999999", .time(decimals: 0), "00:00"),
            ("0.000965856481481", .time(decimals: 2), "00:01:23.45"), ("0.000960648148148", .time(decimals: 2), "00:01:23"),
            ("0.0009606597222", .time(decimals: 3), "00:01:23.001"),
            ("1.0854166666666667", .duration(decimals: 0), "26:03:00"), ("0.041666666666666664", .duration(decimals: 0), "01:00:00"),
            ("0.9", .percentage, "90%"), ("0.855", .percentage, "85.5%"), ("1", .percentage, "100%"), ("0", .percentage, "0%"),
            ("0.28999999999999998", .percentage, "29%"), ("-0.05", .percentage, "-5%"), ("1.5E-3", .percentage, "0.15%"),
            ("x", .percentage, "x"), ("1", .truth, "TRUE"), ("0", .truth, "FALSE"), ("-2", .truth, "TRUE"),
            ("88.349999999999994", .number, "88.35"),
        ] as [(String, ValueForm, String)])
    func `a number is written in the form of its cell`(number: String, form: ValueForm, text: String) {
        #expect(String(decoding: CellValue.text(Array(number.utf8), as: form, epoch: .of1900), as: UTF8.self) == text)
    }

    @Test(arguments: [("0", "1904-01-01"), ("44689", "2026-05-09"), ("59", "1904-02-29"), ("60", "1904-03-01")])
    func `dates may count from 1904`(number: String, text: String) {
        let found = SerialDate(Array(number.utf8), epoch: .of1904)?.text(as: .date)
        #expect(found == (number == "0" ? "00:00" : text))
    }

    @Test(
        arguments: [
            ("2026-05-09", "2026-05-09"), ("2026-05-09T10:09:24", "2026-05-09 10:09:24"), ("2026-05-09T10:09", "2026-05-09 10:09:00"),
            ("2026-05-09T00:00:00", "2026-05-09"), ("2026-05-09T10:09:24.512Z", "2026-05-09 10:09:24"), ("10:15:00", "10:15"),
            ("T10:15:30", "10:15:30"), ("10:15", "10:15"), ("2026-5-9", nil), ("", nil), ("T", nil), ("2026-05-09T", nil), ("x", nil),
            ("2026-05-09T25", nil),
        ] as [(String, String?)])
    func `a date in ISO 8601 is written as every other`(text: String, expected: String?) {
        #expect(ClockText.text(iso: Array(text.utf8)) == expected)
    }
}
