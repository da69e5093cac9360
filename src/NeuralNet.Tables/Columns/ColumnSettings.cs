namespace NeuralNet.Tables.Columns;

/// <summary>The options that hold for one column, those of its table and its own together.</summary>
/// <param name="Declared">Its kind; null if they say none.</param>
/// <param name="Missing">The treatment of missing values.</param>
/// <param name="MissingTexts">The texts that count as missing.</param>
/// <param name="Own">The options of the column alone; null if there are none.</param>
internal sealed record ColumnSettings(
    ColumnKind? Declared, MissingValues Missing, IReadOnlyList<string> MissingTexts, ColumnOptions? Own)
{
    /// <summary>True if a function computes the column.</summary>
    public bool IsComputed { get; init; }

    /// <summary>True if no value was given as a text, so that numbers and dates are written plainly.</summary>
    public bool IsPlain { get; init; }

    /// <summary>True if some values were given as texts, others as numbers or the like.</summary>
    public bool IsMixed { get; init; }

    /// <summary>The <see cref="Columns.NumberFormat.Code"/> of training; null for none.</summary>
    public string? Numbers { get; init; }

    /// <summary>The format of the numbers of the column.</summary>
    public NumberFormat NumberFormat(TableOptions options) => IsPlain ? Columns.NumberFormat.Plain
        : Numbers is null ? new(options)
        : Columns.NumberFormat.Of(options, Numbers);

    /// <summary>The format of its dates; null for the plain ones.</summary>
    public string? DateFormat => IsPlain ? null : Own?.DateFormat;
}
