using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>Splits at random, by class, by group and by time.</summary>
public sealed class TableSplitTests
{
    [Fact]
    public void Rows_are_chosen_by_a_condition_in_their_order()
    {
        Table table = Read("name,age,since\nann,41,2020-01-02\nbob,,2021-01-02\ncid,17,2022-01-02\ndot,18,\n");
        Names(table.Where(row => row.Number("age") >= 18)).Should().Equal("ann", "dot");
        Names(table.Where(row => double.IsNaN(row.Number("age")))).Should().Equal("bob");
        Names(table.Where(row => row["name"] is "dot" or "cid")).Should().Equal("cid", "dot");
        Names(table.Where(row => row.Date("since") < new DateTime(2021, 6, 1))).Should().Equal("ann", "bob");
        table["age"].ToString().Should().Be("age: Number");
        table.Where(row => row["name"] == "cid").Lines.ToArray().Should().Equal(4);
        table.Invoking(t => t.Where(row => row.Number("age") > 100)).Should().Throw<ArgumentException>()
            .WithParameterName("condition").WithMessage("None of the 4 rows of 'text' fulfils the condition; *");
        table.Invoking(t => t.Where(row => row["nme"] == "ann")).Should().Throw<ArgumentException>()
            .WithMessage("*'nme'*name*");

        static string?[] Names(Table table) =>
            [.. Enumerable.Range(0, table.RowCount).Select(row => table["name"].Text(row))];
    }

    [Fact]
    public void Every_split_has_each_row_once_and_the_same_seed_gives_the_same_parts()
    {
        var random = new Random(1);
        for (int run = 0; run < 50; run++)
        {
            int rows = random.Next(2, 40);
            Table table = Random(random, rows);
            double share = (1 + random.Next(rows - 1)) / (double)rows;
            foreach (Func<(Table First, Table Second)> split in new Func<(Table, Table)>[]
            {
                () => table.Split(share, run),
                () => table.StratifiedSplit("c", share, run),
                () => table.GroupedSplit("id", share, run),
                () => table.ChronologicalSplit("id", share),
            })
            {
                (Table first, Table second) = split();
                Ids(first).Concat(Ids(second)).Order().Should().Equal(Enumerable.Range(0, rows).Select(i => (double)i));
                (Table again, _) = split();
                Ids(again).Should().Equal(Ids(first));
            }
        }
    }

    [Fact]
    public void Each_class_of_two_rows_and_more_is_in_both_parts()
    {
        var random = new Random(2);
        for (int run = 0; run < 300; run++)
        {
            int rows = random.Next(2, 30);
            Table table = Random(random, rows);
            double share = (1 + random.Next(rows - 1)) / (double)rows;
            (Table first, Table second) = table.StratifiedSplit("c", share, run);
            first.RowCount.Should().BePositive();
            second.RowCount.Should().BePositive();
            foreach (IGrouping<string?, int> same in Enumerable.Range(0, rows).GroupBy(table["c"].Text))
            {
                int count = Count(first, same.Key);
                (count + Count(second, same.Key)).Should().Be(same.Count());
                if (same.Count() > 1)
                {
                    count.Should().BeInRange(1, same.Count() - 1, $"of {same.Key} in run {run}");
                }
            }
        }

        static int Count(Table part, string? text) =>
            Enumerable.Range(0, part.RowCount).Count(row => part["c"].Text(row) == text);
    }

    [Fact]
    public void Groups_stay_together_and_the_share_is_nearly_met()
    {
        var random = new Random(3);
        for (int run = 0; run < 100; run++)
        {
            Table table = Random(random, 60);
            (Table first, Table second) = table.GroupedSplit("g", 0.7, run);
            Groups(first).Intersect(Groups(second)).Should().BeEmpty();
            int largest = Enumerable.Range(0, 60).GroupBy(table["g"].Text).Max(group => group.Count());
            first.RowCount.Should().BeInRange(42 - largest, 42 + largest);
        }

        static HashSet<string?> Groups(Table part) => [.. Enumerable.Range(0, part.RowCount).Select(part["g"].Text)];
    }

    [Fact]
    public void A_large_group_does_not_fill_a_small_part()
    {
        Table table = Read("g\n" + string.Concat(
            Enumerable.Range(0, 100).Select(i => i < 90 ? "large\n" : i < 95 ? "small\n" : "smaller\n")));
        Table halves = Read("g\n" + string.Concat(
            Enumerable.Range(0, 100).Select(i => i < 49 ? "less\n" : "more\n")));
        for (int seed = 0; seed < 20; seed++)
        {
            table.GroupedSplit("g", 0.1, seed).First.RowCount.Should().Be(10);

            // Where every group is too large, it is the smallest.
            halves.GroupedSplit("g", 0.1, seed).First.RowCount.Should().Be(49);
        }
    }

    [Fact]
    public void Rows_without_a_group_are_groups_of_their_own()
    {
        Table table = Read("g,x\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $",{i}\n")));
        (Table first, Table second) = table.GroupedSplit("g", 0.5, seed: 1);
        first.RowCount.Should().Be(10);
        second.RowCount.Should().Be(10);
        Read("g\na\na\n").Invoking(t => t.GroupedSplit("g", 0.5, 1)).Should().Throw<ArgumentException>()
            .WithMessage("'text': all rows have the same text in column 'g'*").WithParameterName("group");
        (Table one, Table two) = Read("g\na\nb\n").GroupedSplit("g", 0.5, 1);
        one.RowCount.Should().Be(two.RowCount);
    }

    [Fact]
    public void Groups_are_texts_so_that_1_and_01_are_two()
    {
        (Table first, Table second) = Read("g\n1\n01\n1\n01\n").GroupedSplit("g", 0.5, seed: 1);
        first["g"].Text(0).Should().Be(first["g"].Text(1)).And.NotBe(second["g"].Text(0));
    }

    [Fact]
    public void The_past_comes_first_in_order()
    {
        Table table = Read("d,x\n2024-03-01,1\n2023-12-31,2\n2024-02-01,3\n2024-02-01,4\n2024-01-01,5\n");
        (Table first, Table second) = table.ChronologicalSplit("d", 0.4);
        first["x"].Values.ToArray().Should().Equal(2, 5);
        second["x"].Values.ToArray().Should().Equal(3, 4, 1);

        // Rows of the same time stay together, in their order.
        (first, second) = table.ChronologicalSplit("d", 0.6);
        first["x"].Values.ToArray().Should().Equal(2, 5, 3, 4);
        second["x"].Values.ToArray().Should().Equal(1);
    }

    [Fact]
    public void Numbers_and_times_of_a_day_have_an_order_in_time_too()
    {
        Read("t,x\n10,1\n9,2\n-1,3\n").ChronologicalSplit("t", 0.5).First["x"].Values.ToArray().Should().Equal(3, 2);
        Read("t,x\n10:00,1\n9:00,2\n", new() { PerColumn = { ["t"] = new() { DateFormat = "H:mm" } } })
            .ChronologicalSplit("t", 0.5).First["x"].Values.ToArray().Should().Equal(2);
    }

    [Fact]
    public void What_has_no_place_in_time_is_refused()
    {
        Refusal(() => Read("d,x\n2024-01-01,1\n,2\n2024-01-02,3\n").ChronologicalSplit("d", 0.5))
            .Should().StartWith("'text', line 3, column 'd' is missing").And.Contain("DropMissing");
        Refusal(() => Read("d\nMonday\nFriday\n").ChronologicalSplit("d", 0.5)).Should().Be(
            "'text': column 'd' holds no times but is Category; name it in TableOptions.Dates or Numbers.");
        Refusal(() => Read("d\nyes\nno\n").ChronologicalSplit("d", 0.5)).Should().Contain("but is Boolean");
        Refusal(() => Read("d\n01.02.2024\n02.02.2024\n").ChronologicalSplit("d", 0.5))
            .Should().Contain("DateFormat = \"d.M.yyyy\"");
        Read("d\n1\n2\n2\n2\n").Invoking(t => t.ChronologicalSplit("d", 0.5))
            .Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("The rows from there on have the same time, 2, and stay together*")
            .WithParameterName("firstFraction");
        Read("d\n1\n2\n").Invoking(t => t.ChronologicalSplit("e", 0.5)).Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(80)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_share_that_is_none_is_refused_by_every_split(double share)
    {
        Table table = Read("a\n1\n2\n3\n");
        foreach (Action split in new Action[]
        {
            () => table.Split(share, 1),
            () => table.StratifiedSplit("a", share, 1),
            () => table.GroupedSplit("a", share, 1),
            () => table.ChronologicalSplit("a", share),
        })
        {
            split.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("firstFraction")
                .Which.Message.Contains("for 80 % write 0.8", StringComparison.Ordinal).Should().Be(share == 80);
        }

        Table? none = null;
        FluentActions.Invoking(() => none!.Split(0.5, 1)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void A_part_knows_what_the_whole_table_holds()
    {
        Table table = Read("d,y\n2024-01-01,1\n2024-01-02,2\nsoon,3\n2024-01-03,4\n");
        (Table first, _) = table.ChronologicalSplit("y", 0.5);
        first["d"].Kind.Should().Be(table["d"].Kind).And.Be(ColumnKind.Undecided);
        Table dropped = Read("b,y\nyes,1\nno,2\n,3\nyes,4\n").DropMissing("b").Select([0]);
        dropped["b"].Kind.Should().Be(ColumnKind.Boolean);
    }

    private static Table Random(Random random, int rows) => Table.FromRows(Enumerable.Range(0, rows).Select(i => new
    {
        id = i,
        c = random.Next(8) is var c && c > 0 ? $"class {Math.Min(c, 1 + random.Next(7))}" : null,
        g = $"group {random.Next(12)}",
    }));

    private static double[] Ids(Table table) => table["id"].Values.ToArray();
}
