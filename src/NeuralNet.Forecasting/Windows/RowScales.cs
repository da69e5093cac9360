namespace NeuralNet.Forecasting.Windows;

/// <summary>The scales of the rows of a sample, where all windows have the same.</summary>
internal static class RowScales
{
    /// <summary>Those of the inputs; calendar features stay as they are.</summary>
    public static IEnumerable<ColumnScale> Inputs(ForecastSchema schema)
    {
        WindowLayout layout = schema.Layout;
        ColumnScale[] calendar = [.. Enumerable.Repeat(ColumnScale.Identity, layout.CalendarSize)];
        ColumnScale[] past = [.. schema.Scales.Shared, .. calendar];
        ColumnScale[] known = [.. schema.Scales.Shared[^layout.Known.Length..], .. calendar];
        return Enumerable.Repeat(past, layout.Length).Concat(Enumerable.Repeat(known, layout.Horizon))
            .SelectMany(scales => scales);
    }

    /// <summary>Those of the outputs.</summary>
    public static IEnumerable<ColumnScale> Outputs(ForecastSchema schema)
    {
        WindowLayout layout = schema.Layout;
        return Enumerable.Range(0, schema.OutputSize)
            .Select(row => schema.Scales.Shared[row / layout.PerValue % layout.Targets.Length]);
    }
}
