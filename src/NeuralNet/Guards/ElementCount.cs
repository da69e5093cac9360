namespace NeuralNet.Guards;

/// <summary>The element count of a shape, refused where no array can hold it.</summary>
internal static class ElementCount
{
    /// <summary>rows × columns, checked against what one array can hold.</summary>
    /// <param name="rows">Rows, not negative.</param>
    /// <param name="columns">Columns, not negative.</param>
    /// <param name="what">The word in messages for the thing that is made.</param>
    /// <param name="owner">
    /// Whose it is; apart from the rest, so that no message is put together where nothing is wrong.
    /// </param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A negative side, or more elements than an array can hold.
    /// </exception>
    public static int Of(int rows, int columns, string what, string? owner = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        long length = (long)rows * columns;
        if (length > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(rows),
                $"{what}{(owner is null ? "" : $" '{owner}'")} of {rows} × {columns} has {length:N0} elements; an "
                + $"array holds at most {Array.MaxLength:N0}.");
        }

        return (int)length;
    }
}
