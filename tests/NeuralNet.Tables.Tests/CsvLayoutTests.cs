using System.Text;
using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>Names, lines to skip, comments and delimiters of files.</summary>
public sealed class CsvLayoutTests
{
    [Fact]
    public void A_first_line_of_numbers_is_no_header()
    {
        Refusal(() => Read("M,0.455,15\nF,0.35,7\n")).Should().StartWith(
            "'text', line 1: a column would be called '0.455', which is a number: if the first line holds data, set "
            + "CsvOptions.Header = false");
        Read("M,0.455,15\nF,0.35,7\n", new() { Header = false }).RowCount.Should().Be(2);

        // Years are names of columns.
        Read("2019,2020\n1,2\n").Columns[1].Name.Should().Be("2020");
        Read("0.5,0.9\n1,2\n", new() { Names = ["half", "most"], SkipLines = 1 }).RowCount.Should().Be(1);
    }

    [Fact]
    public void Names_may_be_given_to_a_file_without_a_header()
    {
        Table table = Read("1,a\n2,b\n", new() { Names = ["n", "c"], Categories = ["c"] });
        table.Columns.Select(column => column.Name).Should().Equal("n", "c");
        table.RowCount.Should().Be(2);
        table.Lines.ToArray().Should().Equal(1, 2);
        Refusal(() => Read("1,a\n", new() { Names = ["n"] }))
            .Should().StartWith("'text', line 1: there are 2 columns, but Names gives 1 names.");
        Refusal(() => Read("1;a\n2;b\n", new() { Names = ["n", "c"] })).Should().Contain("Delimiter");
        Refusal(() => Read("1,a\n2\n", new() { Names = ["n", "c"] }))
            .Should().Be("'text', line 2: the row has 1 field, but the first row has 2.");
        foreach (string[] names in new[] { ["a", "a"], ["a", ""], new[] { "a", null! } })
        {
            FluentActions.Invoking(() => new CsvOptions { Names = names })
                .Should().Throw<ArgumentException>().WithParameterName("Names");
        }
    }

    [Fact]
    public void A_column_without_a_name_is_numbered()
    {
        Read(",x,\n1,2,3\n").Columns.Select(column => column.Name).Should().Equal("column0", "x", "column2");
        Refusal(() => Read(",column0\n1,2\n")).Should().Contain("two columns are called 'column0'");
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Lines_before_the_header_are_skipped_whatever_is_in_them(string end)
    {
        string text = "report \"of\nmonth;,\na,b\n1,x\n\n2,y\n".Replace("\n", end, StringComparison.Ordinal);
        foreach (Encoding encoding in new Encoding[] { new UTF8Encoding(false), Encoding.UTF8, Encoding.Unicode })
        {
            byte[] bytes = [.. encoding.Preamble, .. encoding.GetBytes(text)];
            foreach (Table table in new[]
            {
                Table.Read(new MemoryStream(bytes), new() { SkipLines = 2 }),
                Table.Read(new MemoryStream(Compressed(bytes)), new() { SkipLines = 2 }),
                Read(text, new() { SkipLines = 2 }),
            })
            {
                table.Columns.Select(column => column.Name).Should().Equal("a", "b");
                table["a"].Values.ToArray().Should().Equal(1, 2);
                table.Lines.ToArray().Should().Equal(4, 6);
            }
        }

        Read(text, new() { SkipLines = 3, Names = ["n", "c"] }).Lines.ToArray().Should().Equal(4, 6);
        Refusal(() => _ = Read(text + "x,y", new() { SkipLines = 2, Numbers = ["a"] }))
            .Should().StartWith("'text', line 7, column 'a' is 'x'");
    }

    [Fact]
    public void Skipping_more_lines_than_there_are_leaves_nothing()
    {
        Refusal(() => Read("a\n1\n", new() { SkipLines = 9 })).Should().StartWith("'text' is empty");
        Refusal(() => Table.Read(new MemoryStream(), new() { SkipLines = 1 })).Should().StartWith("'stream' is empty");
        FluentActions.Invoking(() => new CsvOptions { SkipLines = -1 }).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Behind_skipped_lines_a_line_may_name_the_delimiter()
    {
        const string Text = "title\nsep=;\na;b\n1;2\n";
        foreach (Table table in new[]
        {
            Read(Text, new() { SkipLines = 1 }),
            Table.Read(new MemoryStream(Encoding.UTF8.GetBytes(Text)), new() { SkipLines = 1 }),
            Table.Read(new MemoryStream(Compressed(Encoding.UTF8.GetBytes(Text))), new() { SkipLines = 1 }),
        })
        {
            table["b"].Values.ToArray().Should().Equal(2);
            table.Lines.ToArray().Should().Equal(4);
        }

        // One that is skipped names nothing.
        Read("sep=;\na,b\n1,2\n", new() { SkipLines = 1 })["b"].Values[0].Should().Be(2);
        Table.Read(new MemoryStream("sep=;\na,b\n1,2\n"u8.ToArray()), new() { SkipLines = 1 })["b"].Values[0]
            .Should().Be(2);
    }

    [Fact]
    public void Text_behind_skipped_lines_that_is_not_in_the_encoding_is_refused()
    {
        foreach (string text in new[] { "ä\na\n1\n", "x\na\nä\n", "x\na\n" + new string('1', 9000) + "\nä\n" })
        {
            byte[] bytes = Encoding.Latin1.GetBytes(text);
            Refusal(() => Table.Read(new MemoryStream(bytes), new() { SkipLines = 1, MaxRecordBytes = 100_000 }))
                .Should().StartWith("'stream' cannot be read").And.Contain("CsvOptions.Encoding");
            Table.Read(new MemoryStream(bytes), new() { SkipLines = 1, Encoding = Encoding.Latin1 }).RowCount
                .Should().BePositive();
        }
    }

    [Fact]
    public void Comments_are_no_rows()
    {
        const string Text = "# made by hand\na,b\n1,x # no comment\n#2,y\n\n# \"odd\n3,#z\n";
        Table table = Read(Text, new() { Comment = '#' });
        table["a"].Values.ToArray().Should().Equal(1, 3);
        table["b"].Text(0).Should().Be("x # no comment");
        table["b"].Text(1).Should().Be("#z");
        table.Lines.ToArray().Should().Equal(3, 7);
        Read("a\n#1\n", new())["a"].Text(0).Should().Be("#1");
        Read("; note\na,b\n1,2\n", new() { Comment = ';' })["b"].Values[0].Should().Be(2);
    }

    [Fact]
    public void Comments_in_a_file_of_one_column_are_no_missing_values()
    {
        var options = new CsvOptions { Comment = '#', Header = false };
        Table table = Read("# c\n\n5\n# d\n\n6\n", options);
        table.Columns[0].Values.ToArray().Should().Equal(double.NaN, 5, double.NaN, 6);
        table.Lines.ToArray().Should().Equal(2, 3, 5, 6);
        Read("# c\n5\n6\n", options).Lines.ToArray().Should().Equal(2, 3);
        Read("#\na\n#\n5\n", new() { Comment = '#' }).Lines.ToArray().Should().Equal(4);
    }

    [Theory]
    [InlineData('"')]
    [InlineData('\n')]
    [InlineData('é')]
    public void A_mark_of_comments_that_is_none_is_refused(char mark) =>
        FluentActions.Invoking(() => new CsvOptions { Comment = mark })
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Comment");

    [Fact]
    public void A_comment_does_not_begin_with_what_divides_fields() =>
        FluentActions.Invoking(() => Read("a;b\n1;2\n", new() { Delimiter = ';', Comment = ';' }))
            .Should().Throw<ArgumentException>();

    [Fact]
    public void Tabs_divide_fields_that_may_be_empty()
    {
        Table table = Read("a\tb\tc\n1\t\tx y\n\t2\t\n", new() { Delimiter = '\t' });
        table["a"].Values.ToArray().Should().Equal(1, double.NaN);
        table["b"].Values.ToArray().Should().Equal(double.NaN, 2);
        table["c"].Text(0).Should().Be("x y");
        table["c"].Text(1).Should().BeNull();
    }

    [Fact]
    public void Options_of_tables_hold_for_files_with_names_of_their_own()
    {
        Table table = Read("# no header\n1;2024-01-05;yes\n", new()
        {
            Comment = '#',
            Delimiter = ';',
            Names = ["n", "d", "b"],
            Computed = [ComputedColumn.Number("twice", row => 2 * row.Number("n"))],
        });
        table.Columns.Select(column => column.Kind).Should().Equal(
            ColumnKind.Number, ColumnKind.Date, ColumnKind.Boolean, ColumnKind.Number);
    }
}
