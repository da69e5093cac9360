using System.Text;
using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>The start of a file tells its compression and its delimiter; blank lines are rows or not.</summary>
public sealed class CsvStartTests
{
    [Theory]
    [InlineData("a;b\n1;2\n", ',', "';'")]
    [InlineData("a;b\n1,5;2,5\n", ',', "';'")]
    [InlineData("\"a\";\"b\"\n\"1\";\"2\"\n", ',', "';'")]
    [InlineData("a\tb\n1\t2\n", ',', @"'\t'")]
    [InlineData("a|b\n1|2\n", ',', "'|'")]
    [InlineData("a,b\n1,2\n", ';', "','")]
    [InlineData("a,b\n1,2\n", '\t', "','")]
    [InlineData("price, EUR\tday\tname\n\"1,5\"\t2\tx\n", ',', @"'\t'")]
    [InlineData("a;b\n", ',', "';'")]
    public void Another_delimiter_is_named(string text, char delimiter, string likely)
    {
        foreach (bool header in new[] { true, false })
        {
            Refusal(text, new() { Delimiter = delimiter, Header = header })
                .Should().StartWith("'text'").And.Contain("CsvOptions.Delimiter").And.Contain(likely);
        }

        string column = text.Contains("day", StringComparison.Ordinal) ? "day" : "b";
        Refusal(text, new() { Delimiter = delimiter, Numbers = [column] }).Should().Contain("CsvOptions.Delimiter");
    }

    [Theory]
    [InlineData("a\n1\n2\n")]
    [InlineData("note; or remark\nfine\nwell\n")]
    [InlineData("text\n\"one; two\"\n\"three; four\"\n")]
    [InlineData("a,b;c\n1,x\n")]
    public void A_sign_that_divides_not_every_line_alike_is_text(string text) =>
        Table.Read(new StringReader(text)).RowCount.Should().BePositive();

    [Fact]
    public void A_declared_column_may_hold_another_delimiter()
    {
        Table.Read(new StringReader("a|b\n1|2\n"), new() { Categories = [0] })[0].Categories!.Labels
            .Should().Equal("1|2");
        CsvOptions commas = new() { Header = false, Delimiter = ';', DecimalSeparator = ',' };
        Table.Read(new StringReader("1,5\n2,5\n"), commas)[0].Values.ToArray().Should().Equal(1.5, 2.5);
    }

    [Theory]
    [InlineData("sep=;\na;b\n1;2\n\n3;x\n", ';')]
    [InlineData("sep=;\r\na;b\r\n1;2\r\n\r\n3;x\r\n", ';')]
    [InlineData("\"sep=;\"\na;b\n1;2\n\n3;x\n", ';')]
    [InlineData("SEP=\t\na\tb\n1\t2\n\n3\tx\n", '\t')]
    [InlineData("sep=,\na,b\n1,2\n\n3,x\n", ',')]
    public void A_first_line_may_name_the_delimiter(string text, char delimiter)
    {
        foreach (Encoding encoding in new Encoding[] { new UTF8Encoding(false), Encoding.UTF8, Encoding.Unicode })
        {
            byte[] bytes = [.. encoding.Preamble, .. encoding.GetBytes(text)];
            foreach (Table table in new[]
            {
                Table.Read(new MemoryStream(bytes)),
                Table.Read(new MemoryStream(Compressed(bytes)), new() { Delimiter = '|' }),
                Table.Read(new StringReader(text)),
            })
            {
                table.Columns.Select(column => column.Name).Should().Equal("a", "b");
                table["a"].Values.ToArray().Should().Equal(1, 3);
                table.Lines.ToArray().Should().Equal(3, 5);
            }
        }

        Refusal($"sep={delimiter}\na{delimiter}b\n1\n", new())
            .Should().StartWith("'text', line 3: the row has 1 field");
        Refusal($"sep={delimiter}\na{delimiter}b\n1{delimiter}\"2\n", new())
            .Should().StartWith("'text', line 3: the row cannot");
    }

    [Theory]
    [InlineData("sep=ab\n1\n", "sep=ab")]
    [InlineData("sep=\n1\n", "sep=")]
    [InlineData("sep=é\n1\n", "sep=é")]
    [InlineData("sepal\n1\n", "sepal")]
    [InlineData("\"sep=;\n\"\n1\n", "sep=;\n")]
    public void A_header_that_looks_a_little_like_it_is_a_header(string text, string name) =>
        Table.Read(new StringReader(text)).Columns.Single().Name.Should().Be(name);

    [Fact]
    public void A_blank_line_of_one_column_is_a_missing_value()
    {
        foreach (string end in new[] { "\n", "\r\n" })
        {
            string text = "a\n1\n\n3\n\"\"\n \n\n".Replace("\n", end, StringComparison.Ordinal);
            Table table = Table.Read(new StringReader(text));
            table["a"].Values.ToArray().Should().Equal(1, double.NaN, 3, double.NaN, double.NaN, double.NaN);
            table.Lines.ToArray().Should().Equal(2, 3, 4, 5, 6, 7);
        }

        Table.Read(new StringReader("\n\na\n1\n2")).RowCount.Should().Be(2);
        Table.Read(new StringReader("1\n\n2"), new() { Header = false }).RowCount
            .Should().Be(3);
        Table.Read(new StringReader("a\n1\n\n2\n\n")).DropMissing().Lines.ToArray().Should().Equal(2, 4);
    }

    [Fact]
    public void A_blank_line_of_several_columns_is_no_row()
    {
        Table table = Table.Read(new StringReader("\n\na,b\n\n1,2\n\n\n3,4\n\n\n"));
        table.RowCount.Should().Be(2);
        table.Lines.ToArray().Should().Equal(5, 8);
        Refusal("a,b\n1,2\n \n", new()).Should().StartWith("'text', line 3: the row has 1 field");
        Refusal("a,b\n1,2\n\"\"\n", new()).Should().StartWith("'text', line 3: the row has 1 field");
    }

    [Fact]
    public void A_compressed_file_is_read_by_its_content()
    {
        byte[] text = Encoding.UTF8.GetBytes(
            "größe,a\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},x{i % 7}\n")));
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, Compressed(text));
            Table table = Table.Read(path);
            table.RowCount.Should().Be(50_000);
            table["größe"].Values[^1].Should().Be(49_999);
            Table.Read(path, new() { MaxDecompressedBytes = text.Length }).RowCount.Should().Be(50_000);
            FluentActions.Invoking(() => Table.Read(path, new() { MaxDecompressedBytes = text.Length - 1 }))
                .Should().Throw<InvalidDataException>()
                .WithMessage($"'{path}' holds more than the {text.Length - 1} bytes*CsvOptions.MaxDecompressedBytes*");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_compressed_file_of_several_parts_is_read_to_its_end()
    {
        byte[] parts = [.. Compressed("a\n1\n"u8), .. Compressed([]), .. Compressed("2\n3\n"u8)];
        Table.Read(new MemoryStream(parts))["a"].Values.ToArray().Should().Equal(1, 2, 3);
    }

    [Fact]
    public void A_compressed_file_that_is_cut_or_damaged_is_refused_wherever()
    {
        byte[] text = Encoding.UTF8.GetBytes(
            "a\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"{i * 7919 % 1000}\n")));
        byte[] whole = Compressed(text);
        for (int length = 2; length < whole.Length; length++)
        {
            byte[] cut = whole[..length];
            FluentActions.Invoking(() => Table.Read(new MemoryStream(cut), name: "cut"))
                .Should().Throw<InvalidDataException>($"{length} of {whole.Length} bytes are there")
                .WithMessage("'cut' is a damaged gzip file*");
        }

        FluentActions.Invoking(() => Table.Read(new MemoryStream([.. whole, 1, 2, 3])))
            .Should().Throw<InvalidDataException>().WithMessage("'stream' is a damaged gzip file*");
        byte[] changed = [.. whole];
        changed[^6] ^= 1;
        FluentActions.Invoking(() => Table.Read(new MemoryStream(changed)))
            .Should().Throw<InvalidDataException>().WithMessage("'stream' is a damaged gzip file*");
    }

    [Fact]
    public void A_small_file_that_unpacks_to_much_takes_bounded_memory()
    {
        byte[] bomb = Compressed(new byte[50_000_000]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        FluentActions.Invoking(() => Table.Read(new MemoryStream(bomb), new() { MaxRecordBytes = 1000 }))
            .Should().Throw<InvalidDataException>();
        FluentActions.Invoking(() => Table.Read(
            new MemoryStream(Compressed([.. Enumerable.Repeat("1,1\n"u8.ToArray(), 1_000_000).SelectMany(row => row)])),
            new() { MaxDecompressedBytes = 10_000 })).Should().Throw<InvalidDataException>();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(60_000_000);
    }

    [Fact]
    public void A_small_file_may_unpack_to_so_much_of_its_length()
    {
        byte[] rows = [.. Enumerable.Repeat("1,1\n"u8.ToArray(), 5_000_000).SelectMany(row => row)];
        byte[] compressed = Compressed(rows);
        FluentActions.Invoking(() => Table.Read(new MemoryStream(compressed), new() { Header = false }))
            .Should().Throw<InvalidDataException>()
            .WithMessage("'stream' holds more than the 1??????? bytes of text*MaxDecompressedBytes*set it*");
        Table.Read(new MemoryStream(compressed), new() { Header = false, MaxDecompressedBytes = rows.Length })
            .RowCount.Should().Be(5_000_000);
    }

    [Fact]
    public void Blank_lines_in_front_are_rows_where_others_are()
    {
        var options = new CsvOptions { Header = false };
        Table table = Table.Read(new StringReader("\n\n5\n\n6"), options);
        table.Lines.ToArray().Should().Equal(1, 2, 3, 4, 5);
        table.Columns[0].Values.ToArray().Should().Equal(double.NaN, double.NaN, 5, double.NaN, 6);
        Table.Read(new StringReader("\n\n5,1\n\n6,2"), options).Lines.ToArray().Should().Equal(3, 5);
        Table.Read(new StringReader("\n5\n"), options)["column0"].Text(0).Should().BeNull();
        Refusal("\n\n5\n", new() { Header = false, MaxRows = 1 })
            .Should().StartWith("'text', line 2: there are more than the 1 rows");
    }

    [Theory]
    [InlineData("a^b\n1^2\n", "Delimiter = '^'")]
    [InlineData("a~b\n1~2\n", "Delimiter = '~'")]
    [InlineData("a:b\n1:2\n", "Delimiter = ':'")]
    [InlineData("a b c\n1 2 3\n", "each run of blanks")]
    [InlineData("x  y  z  name\n1.5   2  3  red\n", "each run of blanks")]
    public void A_file_of_another_delimiter_is_not_one_column(string text, string remedy)
    {
        Refusal(text, new()).Should().Contain(remedy);
        Table.Read(new StringReader(text), new() { Categories = [0] }).RowCount.Should().Be(1);
    }

    [Fact]
    public void A_header_with_commas_is_not_one_name_where_commas_separate_decimals()
    {
        var german = new CsvOptions { Delimiter = ';', DecimalSeparator = ',' };
        Refusal("a,b\n1,2\n", german).Should().Contain("Delimiter = ','");
        Table.Read(new StringReader("a\n1,2\n"), german).Columns[0].Values[0].Should().Be(1.2);
        Table.Read(new StringReader("time\n12:30\n")).RowCount.Should().Be(1);
        Table.Read(new StringReader("12:30:15,5\n12:30:16,6\n"), new() { Header = false }).RowCount.Should().Be(2);
    }

    [Fact]
    public void Text_in_an_encoding_that_nothing_tells_is_refused_with_the_option()
    {
        byte[] bytes = Encoding.Unicode.GetBytes("a,b\n1,2\n");
        foreach (bool header in new[] { true, false })
        {
            FluentActions.Invoking(() => Table.Read(new MemoryStream(bytes), new() { Header = header }))
                .Should().Throw<InvalidDataException>().WithMessage("*zero characters*UTF-16*CsvOptions.Encoding.");
        }

        Table.Read(new MemoryStream(bytes), new() { Encoding = Encoding.Unicode })["b"].Values[0].Should().Be(2);
        FluentActions.Invoking(() => Table.Read(new MemoryStream(Encoding.Latin1.GetBytes("ä\n1\n"))))
            .Should().Throw<InvalidDataException>()
            .WithMessage("*name of column 0 is not valid UTF-8. Set CsvOptions.Encoding*");
    }

    [Fact]
    public void A_first_line_of_data_is_suspected_where_names_repeat() =>
        Refusal("1,4,4\n2,5,6\n", new()).Should().Contain("two columns are called '4'").And.EndWith("Header = false.");

    [Fact]
    public void An_archive_is_not_taken_for_text() =>
        FluentActions.Invoking(() => Table.Read(new MemoryStream([.. "PK"u8, 3, 4, 20, 0]), name: "book.xlsx"))
            .Should().Throw<InvalidDataException>()
            .WithMessage("'book.xlsx' is a ZIP archive, such as an Excel workbook*");

    private static string Refusal(string text, CsvOptions options) =>
        FluentActions.Invoking(() => Table.Read(new StringReader(text), options))
            .Should().Throw<InvalidDataException>().Which.Message;
}
