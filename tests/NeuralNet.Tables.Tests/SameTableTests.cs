using System.Data;
using System.Globalization;
using System.Text;
using Microsoft.Data.Analysis;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Serialization;
using NeuralNet.Tables.DataFrames;
using NeuralNet.Training;
using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>The same rows make the same model to the bit, wherever they come from.</summary>
public sealed class SameTableTests
{
    private static readonly TableOptions _options = new() { Missing = MissingValues.Category };

    private static readonly CsvOptions _csv = new() { Missing = MissingValues.Category };

    [Fact]
    public void Files_readers_objects_and_dictionaries_give_the_same_model()
    {
        Trip[] trips = Trips();
        byte[] expected = Model(Read(Text(trips), _csv));
        foreach ((string source, Table table) in Sources(trips))
        {
            Model(table).Should().Equal(expected, source);
        }
    }

    [Fact]
    public void A_culture_of_the_machine_changes_nothing()
    {
        byte[] expected = Model(Table.FromRows(Trips(), _options));
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NegativeSign = "~";
            culture.DateTimeFormat.DateSeparator = ".";
            culture.DateTimeFormat.TimeSeparator = "-";
            CultureInfo.CurrentCulture = culture;
            Model(Table.FromRows(Trips(), _options)).Should().Equal(expected);
            Model(Read(Text(Trips()), _csv)).Should().Equal(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static IEnumerable<(string Source, Table Table)> Sources(Trip[] trips)
    {
        yield return ("gzip", Table.Read(new MemoryStream(Compressed(Encoding.UTF8.GetBytes(Text(trips)))), _csv));
        yield return ("objects", Table.FromRows(trips, _options));
        yield return ("anonymous", Table.FromRows(
            trips.Select(trip => new { trip.Fare, trip.Zone, trip.Tip, trip.At, trip.Riders, trip.Left }), _options));
        yield return ("dictionaries", Table.FromRows(
            trips.Select(trip => new Dictionary<string, object?>
            {
                ["Fare"] = trip.Fare,
                ["Zone"] = trip.Zone,
                ["Tip"] = trip.Tip,
                ["At"] = trip.At,
                ["Riders"] = trip.Riders,
                ["Left"] = trip.Left,
            }),
            _options));
        var builder = new TableBuilder(["Fare", "Zone", "Tip", "At", "Riders", "Left"], _options);
        var texts = new TableBuilder(["Fare", "Zone", "Tip", "At", "Riders", "Left"], _options);
        using var data = new DataTable();
        foreach ((string name, Type type) in new[]
        {
            ("Fare", typeof(double)), ("Zone", typeof(string)), ("Tip", typeof(bool)), ("At", typeof(DateTime)),
            ("Riders", typeof(int)), ("Left", typeof(string)),
        })
        {
            data.Columns.Add(name, type);
        }

        foreach (Trip trip in trips)
        {
            builder.Add(trip.Fare, trip.Zone, trip.Tip, trip.At, trip.Riders, trip.Left);
            data.Rows.Add(trip.Fare ?? (object)DBNull.Value, trip.Zone, trip.Tip, trip.At, trip.Riders, trip.Left);
            texts.Add([.. Fields(trip)]);
        }

        yield return ("builder", builder.ToTable());
        yield return ("texts", texts.ToTable());
        yield return ("reader", Table.FromReader(data.CreateDataReader(), _options));

        yield return ("data frame", DataFrameTable.From(
            new(
                new PrimitiveDataFrameColumn<double>("Fare", trips.Select(trip => trip.Fare)),
                new StringDataFrameColumn("Zone", trips.Select(trip => trip.Zone)),
                new PrimitiveDataFrameColumn<bool>("Tip", trips.Select(trip => trip.Tip)),
                new PrimitiveDataFrameColumn<DateTime>("At", trips.Select(trip => trip.At)),
                new PrimitiveDataFrameColumn<int>("Riders", trips.Select(trip => trip.Riders)),
                new StringDataFrameColumn("Left", trips.Select(trip => trip.Left))),
            _options));

        // Chosen from more rows, in the same order.
        yield return ("selected", Table.FromRows(trips.Concat(trips), _options)
            .Select([.. Enumerable.Range(trips.Length, trips.Length)]));
    }

    private static byte[] Model(Table table)
    {
        TableSchema schema = table.FitClassification("Left", new() { MaxOneHot = 4 });
        schema.Embedded.Should().HaveCount(1);
        Network<float> network = schema.BuildNetwork<float>(seed: 1, hidden: [8]);
        new Trainer<float>(network, schema.Loss, new Adam())
            .Fit(schema.ToTrainingSet<float>(table, seed: 2), new() { Epochs = 3 });
        using var stream = new MemoryStream();
        schema.ToPipeline(network).Save(stream);
        return stream.ToArray();
    }

    private static Trip[] Trips()
    {
        var random = new Random(5);
        return
        [
            .. Enumerable.Range(0, 60).Select(i => new Trip(
                i % 7 == 3 ? null : Math.Exp(random.NextDouble() * 20) - 1000,
                i % 11 == 5 ? null : $"zone {random.Next(6)}",
                random.Next(2) == 0,
                new DateTime(2024, 1, 1).AddMinutes(random.Next(500_000)).AddTicks(random.Next(3) * 1_234_567),
                random.Next(1, 5),
                random.Next(3) == 0 ? "yes" : "no")),
        ];
    }

    private static string?[] Fields(Trip trip) =>
    [
        trip.Fare?.ToString("R", CultureInfo.InvariantCulture), trip.Zone, trip.Tip ? "true" : "false",
        trip.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
        trip.Riders.ToString(CultureInfo.InvariantCulture), trip.Left,
    ];

    private static string Text(Trip[] trips) =>
        "Fare,Zone,Tip,At,Riders,Left\n" + string.Concat(trips.Select(trip => string.Join(',', Fields(trip)) + "\n"));

    private sealed record Trip(double? Fare, string? Zone, bool Tip, DateTime At, int Riders, string Left);
}
