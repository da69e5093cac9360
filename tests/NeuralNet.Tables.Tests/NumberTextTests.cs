using System.Globalization;

namespace NeuralNet.Tables.Tests;

/// <summary>Numbers, texts that look like numbers, and the messages about them.</summary>
public sealed class NumberTextTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("+1.5", 1.5)]
    [InlineData("-2e-3", -0.002)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("\u22125", -5)]
    [InlineData("007", 7)]
    [InlineData("\u00A05\u00A0", 5)]
    [InlineData("1E\u22122", 0.01)]
    public void A_number_is_read_without_an_option(string text, double expected) =>
        Only(text, new()).Should().Be(expected);

    [Theory]
    [InlineData("1,5", ',', null, 1.5)]
    [InlineData("1.234,5", ',', '.', 1234.5)]
    [InlineData("1.234.567", ',', '.', 1234567)]
    [InlineData("1,234", null, ',', 1234)]
    [InlineData("-1,234,567.25", null, ',', -1234567.25)]
    [InlineData("12,34,567", null, ',', 1234567)]
    [InlineData("1 234,5", ',', ' ', 1234.5)]
    [InlineData("1\u00A0234,5", ',', ' ', 1234.5)]
    [InlineData("1\u202F234\u202F567", null, ' ', 1234567)]
    [InlineData("1'234.5", null, '\'', 1234.5)]
    [InlineData("1\u2019234", null, '\'', 1234)]
    [InlineData("12 %", null, null, 0.12)]
    [InlineData("-12.5%", null, null, -0.125)]
    [InlineData("$5", null, null, 5)]
    [InlineData("-$5", null, null, -5)]
    [InlineData("$-5", null, null, -5)]
    [InlineData("5,50 €", ',', null, 5.5)]
    [InlineData("EUR 5", null, null, 5)]
    [InlineData("5 USD", null, null, 5)]
    [InlineData("$1,234.50", null, ',', 1234.5)]
    [InlineData("(123)", null, null, -123)]
    [InlineData("($1,234.50)", null, ',', -1234.5)]
    [InlineData("123-", null, null, -123)]
    [InlineData("1,234e2", null, ',', 123400)]
    public void A_number_in_another_format_is_refused_with_the_options_that_read_it(
        string text, char? decimalSeparator, char? thousandsSeparator, double expected)
    {
        string refusal = Refusal($"a,b\n1,\"{text}\"\n2,\"{text}\"\n", new());
        refusal.Should().StartWith($"'text', line 2, column 'b' is '{text}'").And.Contain("looks like a number");
        var options = new CsvOptions
        {
            DecimalSeparator = decimalSeparator,
            ThousandsSeparator = thousandsSeparator,
            AllowPercent = text.Contains('%', StringComparison.Ordinal),
            AllowCurrency = refusal.Contains("AllowCurrency", StringComparison.Ordinal),
            AllowAccounting = text.StartsWith('(') || text.EndsWith('-'),
        };
        Only(text, options).Should().Be(expected);

        // The refusal names each of them.
        if (decimalSeparator is not null)
        {
            refusal.Should().Contain($"DecimalSeparator = '{decimalSeparator}'");
        }

        if (thousandsSeparator is not null)
        {
            refusal.Should().Contain("ThousandsSeparator = '");
        }

        refusal.Contains("AllowPercent", StringComparison.Ordinal).Should().Be(options.AllowPercent);
        refusal.Contains("AllowAccounting", StringComparison.Ordinal).Should().Be(options.AllowAccounting);
        refusal.Should().Contain(string.Create(CultureInfo.InvariantCulture, $"to read it as {expected}"));
    }

    [Fact]
    public void A_separator_that_may_mean_two_things_is_told_with_both()
    {
        Refusal("a\n\"1,234\"\n", new()).Should()
            .Contain("ThousandsSeparator = ',' to read it as 1234")
            .And.Contain("DecimalSeparator = ',' to read it as 1.234");
        Refusal("a\n\"0,125\"\n", new()).Should().NotContain("ThousandsSeparator");
        Refusal("a\n1.234\n", new() { DecimalSeparator = ',' }).Should()
            .Contain("ThousandsSeparator = '.' to read it as 1234")
            .And.Contain("DecimalSeparator = '.' to read it as 1.234");
    }

    [Theory]
    [InlineData("1,2,3")]
    [InlineData("12,34")]
    [InlineData("1234,567")]
    [InlineData("1,234,56")]
    [InlineData(",123")]
    [InlineData("1,,234")]
    [InlineData("0,123")]
    public void Groups_of_other_than_three_digits_are_no_number(string text) =>
        Refusal($"a\n\"{text}\"\n", new() { ThousandsSeparator = ',', Numbers = ["a"] })
            .Should().StartWith($"'text', line 2, column 'a' is '{text}', but must be a finite number.");

    [Theory]
    [InlineData("01.03.2024")]
    [InlineData("1.3.24")]
    [InlineData("3/1/2024")]
    [InlineData("03/2024")]
    [InlineData("23/03/2019 20:21")]
    [InlineData("20:21")]
    [InlineData("8:05 PM")]
    [InlineData("1 March 2024")]
    [InlineData("Mar 1, 2024")]
    [InlineData("01-Mar-24")]
    [InlineData("Fri, 01 Mar 2024 12:00:00 GMT")]
    [InlineData("20240301T120000Z")]
    [InlineData("2024-W05-1")]
    [InlineData("2024-060")]
    [InlineData("2024-03-01T12")]
    [InlineData("2024-Mar-01")]
    [InlineData("2024 March 1")]
    [InlineData("Fri Mar 01 12:00:00 +0000 2024")]
    [InlineData("05-Mar")]
    [InlineData("Mar 5")]
    [InlineData("2024_03_01")]
    [InlineData("2024 03 01")]
    [InlineData("2024:03:01 12:00:00")]
    [InlineData("01.03.2024 - 12:00")]
    [InlineData("2024Q1")]
    public void Dates_of_unclear_order_are_refused_with_what_can_be_done(string text)
    {
        Refusal($"a,b\n1,\"{text}\"\n2,\"{text}\"\n", new()).Should()
            .StartWith($"'text', line 2, column 'b' is '{text}', which looks like a date or a time.")
            .And.Contain("TableOptions.PerColumn[\"b\"] = new() { DateFormat = \"")
            .And.Contain("TableOptions.Categories").And.Contain("Ignore");
        Refusal($"a\nmonday\n\"{text}\"\n", new())
            .Should().StartWith(
                $"'text', line 3, column 'a' is '{text}', which looks like a date or a time, but 1 of the 2");
        Read($"a\n\"{text}\"\n", new() { Categories = ["a"] })["a"].Categories!.Labels.Should().Equal(text);
        Read($"a,b\n1,\"{text}\"\n", new()).Invoking(t => t.FitRegression("b")).Should().Throw<InvalidDataException>();
        Read($"a,b\n1,\"{text}\"\n", new()).Invoking(t => t.FitRegression("a"))
            .Should().Throw<InvalidDataException>().WithMessage("*looks like a date*");
    }

    [Theory]
    [InlineData("1st class", "2nd class")]
    [InlineData("3-5 years", "6-8 years")]
    [InlineData("A1", "A2")]
    [InlineData("10+", "20+")]
    [InlineData("<18", "65+")]
    [InlineData("18-25", "26-40")]
    [InlineData("May", "June")]
    [InlineData("1.2.3", "1.2.4")]
    [InlineData("192.168.0.1", "10.0.0.1")]
    [InlineData("yes", "-")]
    [InlineData("none", "some")]
    [InlineData("<=50K", ">50K")]
    [InlineData("1/2", "3/4")]
    [InlineData("Infinity", "Visa")]
    [InlineData("5 kg", "7 kg")]
    [InlineData("7th-8th", "12th")]
    [InlineData("555-1234", "555-9876")]
    public void Names_with_digits_are_categories_by_themselves(string one, string other) =>
        Read($"a\n\"{one}\"\n\"{other}\"\n", new())["a"].Categories!.Labels.Should().BeEquivalentTo([one, other]);

    [Theory]
    [InlineData("n/a", "MissingTexts")]
    [InlineData("-", "MissingTexts")]
    [InlineData("none", "MissingTexts")]
    [InlineData("unknown", "MissingTexts")]
    [InlineData("inf", "MissingTexts")]
    [InlineData("-Infinity", "MissingTexts")]
    [InlineData("#DIV/0!", "MissingTexts")]
    [InlineData("10+", "Categories")]
    [InlineData("0x1F", "Categories")]
    [InlineData("1_000", "Categories")]
    [InlineData("'5'", "Categories")]
    [InlineData("1d5", "Categories")]
    [InlineData("\u0661\u0662", "Categories")]
    [InlineData("1e999", "Categories")]
    [InlineData("5 kg", "Categories")]
    [InlineData("2024-01-01", "Ignore")]
    [InlineData("1,5", "DecimalSeparator = ','")]
    [InlineData("5%", "AllowPercent = true")]
    public void An_oddity_among_numbers_is_refused_with_line_text_and_remedy(string odd, string remedy)
    {
        for (int at = 0; at < 20; at += 6)
        {
            IEnumerable<string> rows = Enumerable.Range(0, 20).Select(i => i == at ? $"\"{odd}\"" : $"{i}.5");
            string refusal = Refusal("a\n" + string.Join('\n', rows), new());
            refusal.Should().StartWith(
                $"'text', line {at + 2}, column 'a' is '{odd}', but must be a finite number, as 19 of the 20 values");
            refusal.Should().Contain(remedy);
        }

        Refusal($"a\n1\n\"{odd}\"\n", new() { Numbers = ["a"] })
            .Should().StartWith($"'text', line 3, column 'a' is '{odd}', but must be a finite number.")
            .And.Contain(remedy);
    }

    [Fact]
    public void A_number_among_names_is_refused_where_it_stands()
    {
        string refusal = Refusal("a\nred\nblue\n7\nred\n", new());
        refusal.Should()
            .StartWith("'text', line 4, column 'a' is '7', a number, but 3 of the 4 values of the column are none")
            .And.Contain("'red'").And.Contain("TableOptions.Numbers").And.Contain("Categories").And.Contain("Ignore");
        Read("a\nred\n7\n", new())["a"].Kind.Should().Be(ColumnKind.Undecided);
        Read("a\nred\n7\n", new() { Categories = ["a"] })["a"].Categories!.Labels.Should().Equal("7", "red");
    }

    [Theory]
    [InlineData("-")]
    [InlineData("Infinity")]
    [InlineData("#N/A")]
    public void A_column_of_signs_for_nothing_is_refused(string text) =>
        Refusal($"a\n{text}\n{text}\n", new())
            .Should().StartWith($"'text', line 2, column 'a' is '{text}', which is neither a finite number nor a name.")
            .And.Contain("MissingTexts");

    [Fact]
    public void An_identifier_that_would_lose_digits_is_no_number_by_itself()
    {
        const string Text = "a\n12345678901234567890\n12345678901234567891\n";
        Refusal(Text, new()).Should().Contain("more digits than a double keeps").And.Contain("TableOptions.Numbers");
        Read(Text, new() { Numbers = ["a"] })["a"].Values.ToArray()
            .Should().Equal(12345678901234567890d, 12345678901234567891d);
        Read(Text, new() { Categories = ["a"] })["a"].Categories!.Labels.Should().HaveCount(2);
        Read("a\n9007199254740991\n0.1234567890123456789\n5.97e24\n", new())["a"].Kind
            .Should().Be(ColumnKind.Number);
        foreach (string border in new[] { "9007199254740992", "-9007199254740993", "9007199254740995.0" })
        {
            Refusal($"a\n{border}\n", new()).Should().Contain("more digits than a double keeps");
            Read($"x,y\n1,{border}\n2,{border}\n", new()).Invoking(t => t.FitRegression("y"))
                .Should().Throw<InvalidDataException>().WithMessage("*more digits than a double keeps*");
        }

        Refusal("a\n\"9,007,199,254,740,995\"\n", new() { ThousandsSeparator = ',' })
            .Should().Contain("more digits than a double keeps");
    }

    [Fact]
    public void A_column_with_a_text_per_row_is_no_input_of_categories()
    {
        string text = "name,y\n" + string.Concat(Enumerable.Range(0, 150).Select(i => $"n{i},{i}\n"));
        Read(text, new()).Invoking(t => t.FitRegression("y"))
            .Should().Throw<InvalidDataException>()
            .WithMessage(
                "'text': column 'name' holds 150 different texts in 150 rows, such as 'n0'*Ignore*Categories*");
        var each = new SchemaOptions { MaxOneHot = 150 };
        Read(text, new() { Categories = ["name"] }).FitRegression("y", each).InputSize.Should().Be(150);
        string often = string.Concat(Enumerable.Repeat("n0,1\n", 200));
        Read(text + often, new()).FitRegression("y", each).InputSize.Should().Be(150);
    }

    [Theory]
    [InlineData(" kg")]
    [InlineData("km/h")]
    [InlineData("°C")]
    [InlineData(" years")]
    public void Many_numbers_with_one_unit_are_refused(string unit)
    {
        string text = "a\n" + string.Concat(Enumerable.Range(1, 11).Select(i => $"{i}.5{unit}\n"));
        string where = $"'text', line 2, column 'a' is '1.5{unit}'";
        Refusal(text, new()).Should()
            .StartWith($"{where}, which looks like a number with the unit '{unit.Trim()}'")
            .And.Contain("TableOptions.Numbers or in Categories");
        Read(text, new() { Categories = ["a"] })["a"].Categories!.Labels.Should().HaveCount(11);
        foreach (string other in new[] { "many", "-", "n.a." })
        {
            Refusal("a\n" + other + text[1..], new()).Should()
                .StartWith($"'text', line 3, column 'a' is '1.5{unit}', which looks like a number with the unit");
        }

        Read(text.Replace("1.5", "2.5", StringComparison.Ordinal), new())["a"].Kind
            .Should().Be(ColumnKind.Category);
    }

    public static TheoryData<string> Quantities() => new(
        "1,2{0}0 sqft", "{0}.7M|2{0}k", "5{0}0 g|1.{0} kg", "{0}h 50m", "{0}'11\"\"", "5 ft {0} in",
        "{0} days 00:27:00", "12{0}/80", "48°12'{0}\"\"N", "{0}.5x10^3", "US${0}", "R$ {0}", "Rs. {0}", "kr 1{0}",
        "~{0}", "%{0}", "approx. {0}", "{0}. März 2024", "{0}-Okt-24", "2024年3月{0}日", "-{0} °C");

    [Theory]
    [MemberData(nameof(Quantities))]
    public void Many_numbers_with_something_around_them_are_refused(string patterns)
    {
        string[] each = patterns.Split('|');
        string[] texts =
        [
            "unknown",
            .. Enumerable.Range(10, 15).Select(i => string.Format(
                CultureInfo.InvariantCulture, each[i % each.Length], i)),
        ];
        string file = "a,y\n" + string.Concat(texts.Select((text, i) => $"\"{text}\",{i}\n"));
        string refusal = Refusal(file, new());
        string shown = texts[1].Replace("\"\"", "\"", StringComparison.Ordinal);
        refusal.Should().StartWith($"'text', line 3, column 'a' is '{shown}', which looks like a number with")
            .And.Contain("15 of the 16 different texts").And.Contain("Categories").And.Contain("Ignore");
        Read(file, new()).Invoking(t => t.FitRegression("y")).Should().Throw<InvalidDataException>();
        Read(file, new() { Categories = ["a"] })["a"].Categories!.Labels.Should().HaveCount(16);
    }

    [Theory]
    [InlineData("{0}-{0}9")]
    [InlineData("{0}th class")]
    [InlineData("C{0}")]
    [InlineData("{0}+")]
    [InlineData("<{0}")]
    [InlineData("1.{0}.3")]
    [InlineData("Store {0}")]
    [InlineData("S-{0}")]
    [InlineData("#{0}")]
    [InlineData("{0} to 99")]
    public void Names_with_some_numbers_stay_categories(string pattern) =>
        Read(
            "a\n" + string.Concat(Enumerable.Range(10, 15).Select(
                i => string.Format(CultureInfo.InvariantCulture, pattern, i) + "\n")),
            new())["a"].Categories!.Labels.Should().HaveCount(15);

    [Theory]
    [InlineData("02139", "10001")]
    [InlineData("00", "10")]
    public void Codes_with_leading_zeros_are_no_numbers_by_themselves(string one, string other)
    {
        string text = $"a,y\n{other},1\n{one},2\n";
        Refusal(text, new()).Should().StartWith($"'text', line 3, column 'a' is '{one}', which begins with a zero")
            .And.Contain("TableOptions.Numbers or in Categories");
        Read(text, new() { Numbers = ["a"] }).FitRegression("y").InputSize.Should().Be(1);
        Read(text, new() { Categories = ["a"] }).FitRegression("y").InputSize.Should().Be(2);
        Read("a\n05\n5\n", new())["a"].Kind.Should().Be(ColumnKind.Number);
    }

    [Theory]
    [InlineData("12 %", "12", "in percent and others are not")]
    [InlineData("12", "12 %", "in percent and others are not")]
    [InlineData("$5", "5 €", "in several currencies")]
    [InlineData("JPY 5", "EUR 5", "in several currencies")]
    public void Numbers_of_two_scales_are_refused_with_both_lines(string one, string other, string reason)
    {
        var options = new CsvOptions { AllowPercent = true, AllowCurrency = true };
        string text = $"a,y\n0,1\n{one},2\n{one},3\n{other},4\n";
        string message = $"'text', line 3, column 'a' is '{one}', but in line 5 it is '{other}': *{reason}*Ignore*";
        Refusal(text, options).Should().Match(message);
        Refusal(text, new() { AllowPercent = true, AllowCurrency = true, Numbers = ["a"] }).Should().Match(message);
        Read(text, options).Invoking(t => t.FitRegression("a")).Should().Throw<InvalidDataException>()
            .WithMessage(message);
        Read("a\n0\n12 %\n0 %\n", options)["a"].Values.ToArray().Should().Equal(0, 0.12, 0);
        Read("a\n5\n$5\nUSD 5\n", options)["a"].Values.ToArray().Should().Equal(5, 5, 5);
    }

    [Fact]
    public void The_whole_file_settles_what_a_column_is()
    {
        string text = "a,y\nunknown,0\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i}.5,{i}\n"));
        Table table = Read(text, new());
        for (int seed = 0; seed < 4; seed++)
        {
            (Table first, Table second) = table.Split(0.5, seed);
            foreach (Table part in new[] { first, second, first.Select([0]) })
            {
                part["a"].Kind.Should().Be(ColumnKind.Undecided);
                part.Invoking(t => t.FitRegression("y")).Should().Throw<InvalidDataException>()
                    .WithMessage("'text', line 2, column 'a' is 'unknown', but must be a finite number, as 100 of*");
            }
        }

        // Few different quantities in a part are still those of a column of many.
        string sizes = "a,y\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i} kg,{i}\n"));
        Read(sizes, new()).Select([0, 1, 2])["a"].Kind.Should().Be(ColumnKind.Undecided);
    }

    [Fact]
    public void Numbers_of_a_culture_keep_their_separators()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        Table table = Read("a;b\n1,5;\"1.234,5\"\n", new()
        {
            Delimiter = ';',
            Culture = culture,
            ThousandsSeparator = '.',
        });
        table["a"].Values[0].Should().Be(1.5);
        table["b"].Values[0].Should().Be(1234.5);
    }

    [Fact]
    public void Separators_that_separate_nothing_are_refused()
    {
        foreach (char bad in "5a\n ")
        {
            FluentActions.Invoking(() => new CsvOptions { DecimalSeparator = bad })
                .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("DecimalSeparator");
        }

        FluentActions.Invoking(() => new CsvOptions { ThousandsSeparator = '0' })
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("ThousandsSeparator");
        FluentActions.Invoking(() => new CsvOptions { Culture = null! }).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new CsvOptions { MaxDecompressedBytes = 0 })
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("MaxDecompressedBytes");
        FluentActions.Invoking(() => Read("a\n1\n", new() { ThousandsSeparator = '.' }))
            .Should().Throw<ArgumentException>()
            .WithMessage("ThousandsSeparator and DecimalSeparator are both '.'; set DecimalSeparator*");
    }

    private static double Only(string text, CsvOptions options) =>
        Read($"a,b\n1,\"{text}\"\n", options)["b"].Values[0];

    private static Table Read(string text, CsvOptions options) => Table.Read(new StringReader(text), options);

    private static string Refusal(string text, CsvOptions options) =>
        FluentActions.Invoking(() =>
        {
            foreach (TableColumn column in Read(text, options).Columns)
            {
                _ = column.Values;
            }
        }).Should().Throw<InvalidDataException>().Which.Message;
}
