using System.Globalization;
using System.Text;

namespace NeuralNet.Tables.Tests;

public sealed class CsvTableTests
{
    [Fact]
    public void Numbers_and_categories_are_told_apart()
    {
        Table table = Read("size,colour\n1.5,red\n-2e3,blue\n 7 , red \n");
        table.RowCount.Should().Be(3);
        table["size"].Kind.Should().Be(ColumnKind.Number);
        table["size"].Values.ToArray().Should().Equal(1.5, -2000, 7);
        table[^1].Name.Should().Be("colour");
        table[1].Categories!.Labels.Should().Equal("blue", "red");
        table[1].Values.ToArray().Should().Equal(1, 0, 1);
        table.Lines.ToArray().Should().Equal(2, 3, 4);
    }

    [Fact]
    public void Quotes_line_breaks_and_empty_lines_are_understood()
    {
        Table table = Read("a,\"b, c\"\r\n1,\"x\"\"y\"\r\n\r\n\"2\",\"two\nlines\"\r\n3,z");
        table.Columns[1].Name.Should().Be("b, c");
        table[0].Values.ToArray().Should().Equal(1, 2, 3);
        table[1].Categories!.Labels.Should().Equal("two\nlines", "x\"y", "z");
        table.Lines.ToArray().Should().Equal(2, 4, 6);
    }

    [Fact]
    public void Without_a_header_columns_are_numbered()
    {
        Table table = Read("1;2\n3;4\n", new() { Header = false, Delimiter = ';' });
        table.Columns.Select(column => column.Name).Should().Equal("column0", "column1");
        table["column1"].Values.ToArray().Should().Equal(2, 4);
        table.Lines.ToArray().Should().Equal(1, 2);
    }

    [Fact]
    public void A_culture_with_a_decimal_comma_is_read()
    {
        // As German is, wherever the tests run.
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        Table table = Read("a;b\n1,5;2\n", new() { Culture = culture, Delimiter = ';' });
        table["a"].Values.ToArray().Should().Equal(1.5);
        Refusal("a;b\n1.234;2\n", new() { Culture = culture, Delimiter = ';', Numbers = ["a"] })
            .Should().Contain("'1.234'");
        Refusal("a\n1\n\"1,5\"\n").Should().Contain("'1,5'");
    }

    [Fact]
    public void Columns_are_chosen_by_name_and_place()
    {
        Table table = Read("id,x,note,y\n1,2,,4\n2,3,anything,5\n", new() { Columns = ["y", 1] });
        table.Columns.Select(column => column.Name).Should().Equal("y", "x");
        table[0].Values.ToArray().Should().Equal(4, 5);
    }

    [Fact]
    public void Columns_to_ignore_may_hold_anything()
    {
        Table table = Read("id,x,note,y\n1,2,,4\nC2,3,anything,5\n", new() { Ignore = ["id", ^2] });
        table.Columns.Select(column => column.Name).Should().Equal("x", "y");
        FluentActions.Invoking(() => Read("a,b\n1,2\n", new() { Ignore = ["a", "b"] }))
            .Should().Throw<ArgumentException>()
            .WithMessage("Ignore must leave at least one column.");
        FluentActions.Invoking(() => Read("a,b\n1,2\n", new() { Columns = ["a", "b"], Ignore = ["b"] }))
            .Should().Throw<ArgumentException>()
            .WithMessage("Column 'b' is named both in Columns and in Ignore.");
        Refusal("a,b\n1,2\n", new() { Ignore = ["c"] }).Should().Be("'text' has no column 'c'; its columns are a, b.");
        Refusal("id\na\nb\nc\n", new() { MaxCategories = 2 })
            .Should().EndWith("If it is an identifier or free text, name the column in TableOptions.Ignore.");
    }

    [Fact]
    public void Declared_categories_may_look_like_numbers()
    {
        Table table = Read("zip,n\n0123,1\n10,2\n", new() { Categories = ["zip"] });
        table["zip"].Categories!.Labels.Should().Equal("0123", "10");
    }

    [Theory]
    [InlineData(
        "a,b\n1,2\n3,four\n",
        "'text', line 3, column 'b' is 'four', but must be a finite number, as 1 of the 2 values of the column are.*")]
    [InlineData(
        "a,b\n1,two\n3,4\n",
        "'text', line 3, column 'b' is '4', a number, but 1 of the 2 values of the column are none, such as 'two'.*")]
    [InlineData(
        "a,b\n\"x\ny\",1\nz,Infinity\n", "'text', line 4, column 'b' is 'Infinity', but must be a finite number*")]
    [InlineData("a,b\n1,2\n3\n", "'text', line 3: the row has 1 field, but the header has 2.")]
    [InlineData("a,b\n1,2\n3,4,5\n", "'text', line 3: the row has 3 fields, but the header has 2.")]
    [InlineData("a,a\n1,2\n", "'text', line 1: two columns are called 'a'*")]
    [InlineData("a,b\n1,\"2\n", "'text', line 2: the row cannot be read: *never closed*")]
    [InlineData("a,b\n1,2\"\n", "'text', line 2: the row cannot be read: *")]
    [InlineData("", "'text' is empty*")]
    [InlineData("a,b\n", "'text' has no rows.")]
    public void What_cannot_be_read_is_refused_with_its_line_column_and_text(string text, string message) =>
        Refusal(text).Should().Match(message);

    [Fact]
    public void Limits_hold()
    {
        Refusal("a,b,c\n1,2,3\n", new() { MaxColumns = 2 })
            .Should().Contain("3 columns, more than the 2 that MaxColumns allows");
        Refusal("a\n1\n2\n3\n", new() { MaxRows = 2 })
            .Should().Be("'text', line 4: there are more than the 2 rows that MaxRows allows.");
        Refusal("a\nx\ny\nx\nz\n", new() { MaxCategories = 2 })
            .Should().StartWith("'text', line 5, column 'a' is 'z', one category more than the 2");
        Refusal("a\n1\n" + new string('x', 100_000), new() { MaxRecordBytes = 1000 })
            .Should().StartWith("'text', line 3: the row cannot be read");
        Refusal("a\n" + new string(',', 100_000), new() { MaxRecordBytes = 1000 })
            .Should().StartWith("'text', line 2: the row cannot be read");
    }

    [Fact]
    public void An_endless_row_takes_no_more_memory_than_allowed()
    {
        foreach (string start in new[] { "", "\"", "a\n\"" })
        {
            using var stream = new EndlessStream(Encoding.UTF8.GetBytes(start), (byte)(start.Length == 0 ? ',' : 'x'));
            long before = GC.GetAllocatedBytesForCurrentThread();
            FluentActions.Invoking(() => Table.Read(stream)).Should().Throw<InvalidDataException>();
            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(100_000_000);
        }
    }

    [Fact]
    public void A_file_a_stream_and_its_encodings_are_read()
    {
        string path = Path.GetTempFileName();
        try
        {
            foreach (Encoding encoding in new Encoding[] { new UTF8Encoding(false), Encoding.UTF8, Encoding.Unicode })
            {
                File.WriteAllText(path, "größe,a\n1,ä\n", encoding);
                Table table = Table.Read(path);
                table.Name.Should().Be(path);
                table["größe"].Values.ToArray().Should().Equal(1);
                table["a"].Categories!.Labels.Should().Equal("ä");
            }

            File.WriteAllText(path, "a\nä\n", Encoding.Latin1);
            FluentActions.Invoking(() => Table.Read(path))
                .Should().Throw<InvalidDataException>().WithMessage(
                    $"'{path}', line 2, column 'a'*not valid UTF-8. Set CsvOptions.Encoding*Encoding.Latin1.");
            Table.Read(path, new() { Encoding = Encoding.Latin1 })["a"].Categories!.Labels.Should().Equal("ä");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Rows_with_missing_values_are_left_out_if_asked()
    {
        Table table = Read("a,b\n1,x\n?,y\n3,\n4,z\n").DropMissing();
        table["a"].Values.ToArray().Should().Equal(1, 4);
        table["b"].Categories!.Labels.Should().Equal("x", "z");
        table.Lines.ToArray().Should().Equal(2, 5);
        Read("a\n?\n").Invoking(t => t.DropMissing()).Should().Throw<InvalidDataException>()
            .WithMessage("'text': in each of 1 rows a value is missing, of the columns a.");
    }

    [Fact]
    public void A_table_is_split_before_anything_is_fitted()
    {
        Table table = Read(
            "n,c\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"{i},{(i == 3 ? "rare" : "common")}\n")));
        (Table first, Table second) = table.Split(0.7, seed: 1);
        first.RowCount.Should().Be(7);
        first["n"].Values.ToArray().Concat(second["n"].Values.ToArray())
            .Should().BeEquivalentTo(table["n"].Values.ToArray());
        (first["c"].Categories!.Labels.Contains("rare") ^ second["c"].Categories!.Labels.Contains("rare"))
            .Should().BeTrue();
        Table chosen = table.Select([4, 3]);
        chosen["c"].Categories!.Labels.Should().Equal("common", "rare");
        chosen["c"].Values.ToArray().Should().Equal(0, 1);
        chosen.Lines.ToArray().Should().Equal(6, 5);
        table.Invoking(t => t.Split(0.01, 1)).Should().Throw<ArgumentOutOfRangeException>();
        table.Invoking(t => t.Select([10])).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(100, 20, 0.8)]
    [InlineData(97, 13, 0.7)]
    [InlineData(50, 2, 0.5)]
    [InlineData(10, 1, 0.9)]
    public void A_stratified_split_gives_both_parts_their_share_of_a_rare_class(int rows, int rare, double fraction)
    {
        Table table = Read(
            "row,left\n" + string.Concat(
                Enumerable.Range(0, rows)
                    .Select(i => $"{i},{(i % (rows / rare) == 0 && i / (rows / rare) < rare ? "yes" : "no")}\n")));
        (Table first, Table second) = table.StratifiedSplit("left", fraction, seed: 5);
        first.RowCount.Should().Be((int)Math.Round(fraction * rows));
        first["row"].Values.ToArray().Concat(second["row"].Values.ToArray()).Order()
            .Should().Equal(Enumerable.Range(0, rows).Select(i => (double)i));
        Math.Abs(Yes(first) - (rare * (double)first.RowCount / rows)).Should().BeLessThan(1);
        (Yes(first) + Yes(second)).Should().Be(rare);

        (Table again, _) = table.StratifiedSplit("left", fraction, seed: 5);
        again["row"].Values.ToArray().Should().Equal(first["row"].Values.ToArray());
        (Table other, _) = table.StratifiedSplit("left", fraction, seed: 6);
        other["row"].Values.ToArray().Should().NotEqual(first["row"].Values.ToArray());

        static int Yes(Table part) => Enumerable.Range(0, part.RowCount).Count(row => part["left"].Text(row) == "yes");
    }

    [Fact]
    public void A_stratified_split_goes_by_numbers_and_by_what_is_missing_too()
    {
        Table table = Read("k\n1\n?\n1\n2\n?\n2\n");
        (Table first, Table second) = table.StratifiedSplit(0, 0.5, seed: 1);
        first["k"].Values.ToArray().Order().Should().Equal(double.NaN, 1, 2);
        second["k"].Values.ToArray().Order().Should().Equal(double.NaN, 1, 2);
        table.Invoking(t => t.StratifiedSplit("k", 1, seed: 1))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("firstFraction");
        table.Invoking(t => t.StratifiedSplit("l", 0.5, seed: 1)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        FluentActions.Invoking(() => new CsvOptions { Delimiter = '"' }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new CsvOptions { MaxRows = 0 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => MissingValues.Constant(double.NaN))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Read("a\n1\n", new() { Numbers = ["a"], Categories = [0] }))
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Read("a\n1\n", new() { Columns = ["a", 0] })).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Read("a,b\n1,2\n", new() { Columns = [0, 0] }))
            .Should().Throw<ArgumentException>();
        Refusal("a,b\n1,2\n", new() { Columns = ["c"] }).Should().Be("'text' has no column 'c'; its columns are a, b.");
    }

    [Fact]
    public void Damaged_text_is_read_or_refused_and_nothing_else()
    {
        var random = new Random(1);
        byte[] good = Encoding.UTF8.GetBytes(
            "a,b,\"c d\"\r\n1,x,2.5\r\n\"3\",\"y \"\"q\"\"\",-4e2\r\n5,z,NaN\r\n6,ä,0\r\n");
        byte[] special = Encoding.UTF8.GetBytes("\",;\r\n\t .-+eE019aN\0");
        MissingValues[] policies =
        [
            MissingValues.Refuse, MissingValues.Mean, MissingValues.Median.WithIndicator(), MissingValues.Constant(-1),
            MissingValues.Category,
        ];
        int read = 0;
        const int Runs = 20_000;
        for (int run = 0; run < Runs; run++)
        {
            byte[] bytes = run % 4 == 0 ? new byte[random.Next(60)] : [.. good];
            if (run % 4 == 0)
            {
                random.NextBytes(bytes);
                for (int i = 0; i < bytes.Length; i++)
                {
                    bytes[i] = random.Next(4) == 0 ? bytes[i] : special[random.Next(special.Length)];
                }
            }

            for (int change = random.Next(4); change > 0 && bytes.Length > 0; change--)
            {
                int at = random.Next(bytes.Length);
                bytes = random.Next(4) switch
                {
                    0 => bytes[..at],
                    1 => [.. bytes[..at], .. bytes[random.Next(bytes.Length)..], .. bytes[at..]],
                    2 => [.. bytes[..at], (byte)random.Next(256), .. bytes[(at + 1)..]],
                    _ => [.. bytes[..at], special[random.Next(special.Length)], .. bytes[(at + 1)..]],
                };
            }

            var options = new CsvOptions
            {
                Header = random.Next(2) == 0,
                Missing = policies[random.Next(policies.Length)],
                MaxRecordBytes = 256,
                MaxColumns = 8,
                MaxCategories = 4,
            };
            try
            {
                using var stream = new MemoryStream(bytes);
                Table table = Table.Read(stream, options);
                table = random.Next(5) == 0 ? table.DropMissing() : table;
                TableSchema schema = random.Next(2) == 0
                    ? table.FitClassification(table.Columns[^1].Name)
                    : table.FitRegression(table.Columns[0].Name);
                schema.ToTrainingSet<float>(table, run);
                read++;
            }
            catch (InvalidDataException)
            {
            }
            catch (ArgumentException exception)
                when (exception.Message.StartsWith("There are 0 inputs", StringComparison.Ordinal))
            {
                // A table of one column has nothing to predict from: that is for the caller to know.
            }
        }

        read.Should().BeInRange(Runs / 20, Runs - (Runs / 20));
    }

    [Fact]
    public void A_file_with_too_few_columns_for_the_places_asked_for_is_refused_as_damaged()
    {
        Read("a,b\n1,2\n", new() { Columns = [^1, 0] }).Columns.Select(column => column.Name).Should().Equal("b", "a");
        Refusal("a\n1\n", new() { Columns = [^1, 0] })
            .Should().StartWith("'text' has too few columns, 1:").And.Contain("'a'");
        Refusal("a\n1\n", new() { Numbers = [0], Categories = [^1] })
            .Should().StartWith("'text' has too few columns, 1:");
    }

    [Fact]
    public void A_name_of_any_length_is_shortened_in_a_message()
    {
        string name = new('x', 10_000);
        Table table = Read($"{name},b\n{name},1\n{name},2\n");
        table.Invoking(t => t.FitRegression(name)).Should().Throw<InvalidDataException>()
            .Which.Message.Should()
            .Contain("holds categories, such as 'xxx").And.Match(message => message.Length < 500);
        table.FitClassification("b", new() { RefuseUnknownCategories = true })
            .Invoking(p => p.ToInputs<float>(Read($"{name},b\n{name}y,1\n")))
            .Should().Throw<InvalidDataException>()
            .Which.Message.Should()
            .Contain("not there in the training data").And.Match(message => message.Length < 500);
    }

    private static Table Read(string text, CsvOptions? options = null) =>
        Table.Read(new StringReader(text), options);

    [Fact]
    public void A_choice_of_no_row_or_of_one_that_there_is_not_is_refused()
    {
        Table table = Read("a\n1\n2\n3\n");
        table.Select([2, 0, 2])[0].Values.ToArray().Should().Equal(3, 1, 3);
        table.Invoking(t => t.Select([]))
            .Should().Throw<ArgumentException>().WithMessage("*at least one row*").WithParameterName("rows");
        table.Invoking(t => t.Select([0, 3]))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*3 rows*row 3*");
        table.Invoking(t => t.Select([-1])).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*row -1*");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    [InlineData(0.1)]
    [InlineData(0.9)]
    public void A_share_that_leaves_a_part_empty_is_refused(double share) =>
        Read("a\n1\n2\n3\n").Invoking(t => t.Split(share, seed: 1))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("firstFraction");

    [Theory]
    [InlineData('"')]
    [InlineData('\r')]
    [InlineData('\n')]
    [InlineData('\0')]
    [InlineData('é')]
    public void A_delimiter_that_would_not_divide_is_refused(char delimiter) =>
        FluentActions.Invoking(() => new CsvOptions { Delimiter = delimiter })
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Delimiter");

    [Fact]
    public void A_column_is_named_in_a_message_as_it_was_named()
    {
        Table table = Read("a,b\n1,2\n");
        table.Invoking(t => t["c"])
            .Should().Throw<ArgumentException>().WithMessage("'text' has no column 'c'; its columns are a, b.*");
        table.Invoking(t => t[7]).Should().Throw<ArgumentException>().WithMessage("'text' has no column 7;*");
        table.Invoking(t => t[^3]).Should().Throw<ArgumentException>().WithMessage("'text' has no column ^3;*");
        string many = string.Join(',', Enumerable.Range(0, 25).Select(i => $"c{i}"));
        Read($"{many}\n{many}\n").Invoking(t => t["c"])
            .Should().Throw<ArgumentException>().WithMessage("*c18, c19, ….*");
        Refusal($"{many}\n{many}\n", new() { Columns = ["c"] }).Should().EndWith("c18, c19, ….");
    }

    [Fact]
    public void Text_of_a_file_is_shown_without_what_would_garble_a_terminal()
    {
        Read("\u001b[31ma,b\n1,2\n").Invoking(t => t["\u001b[2Jc"])
            .Should().Throw<ArgumentException>()
            .WithMessage("*no column '\uFFFD[2Jc'; its columns are \uFFFD[31ma, b.");
        Refusal("a\n1\n\u001b[31mx\n").Should().Contain("'\uFFFD[31mx'").And.NotContain("\u001b");
    }

    [Fact]
    public void No_column_to_read_is_a_mistake_of_the_caller() =>
        FluentActions.Invoking(() => Read("a\n1\n", new() { Columns = [] }))
            .Should().Throw<ArgumentException>().WithMessage("Columns must name at least one column.");

    [Fact]
    public void Bytes_that_an_encoding_does_not_have_are_refused()
    {
        Encoding strict = Encoding.GetEncoding(
            "us-ascii", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        FluentActions.Invoking(
            () => Table.Read(
                new MemoryStream([.. "a\n1\n"u8, 0xff, (byte)'\n']), new() { Encoding = strict }, "bytes"))
            .Should().Throw<InvalidDataException>().WithMessage("'bytes' cannot be read after line*");
    }

    [Fact]
    public void A_missing_text_may_be_long()
    {
        string text = new('m', 200);
        Read($"a\n1\n{text}\n2\n", new() { MissingTexts = [text] }).DropMissing()[0].Values.ToArray()
            .Should().Equal(1, 2);
        Read($"a\n{text}n\n", new() { MissingTexts = [text] })[0].Kind.Should().Be(ColumnKind.Category);
    }

    private static string Refusal(string text, CsvOptions? options = null) =>
        FluentActions.Invoking(() => UseAll(Read(text, options)))
            .Should().Throw<InvalidDataException>().Which.Message;

    // What a column holds is settled where it is used.
    private static void UseAll(Table table)
    {
        foreach (TableColumn column in table.Columns)
        {
            _ = column.Values;
        }
    }

    private sealed class EndlessStream(byte[] start, byte rest) : MemoryStream
    {
        private int _position;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            for (int i = 0; i < buffer.Length; i++)
            {
                buffer[i] = _position < start.Length ? start[_position++] : rest;
            }

            return buffer.Length;
        }
    }
}
