using Parquet;
using Parquet.Schema;

namespace NeuralNet.Tables.Parquet;

/// <summary>Reads the values of a column in a group of rows, whatever their type.</summary>
internal static class ParquetColumn
{
    private static readonly Dictionary<Type, Reader> _readers = new()
    {
        [typeof(string)] = TextsAsync,
        [typeof(ReadOnlyMemory<char>)] = TextsAsync,
        [typeof(double)] = ReadAsync<double>,
        [typeof(float)] = ReadAsync<float>,
        [typeof(decimal)] = ReadAsync<decimal>,
        [typeof(sbyte)] = ReadAsync<sbyte>,
        [typeof(byte)] = ReadAsync<byte>,
        [typeof(short)] = ReadAsync<short>,
        [typeof(ushort)] = ReadAsync<ushort>,
        [typeof(int)] = ReadAsync<int>,
        [typeof(uint)] = ReadAsync<uint>,
        [typeof(long)] = ReadAsync<long>,
        [typeof(ulong)] = ReadAsync<ulong>,
        [typeof(bool)] = ReadAsync<bool>,
        [typeof(DateTime)] = ReadAsync<DateTime>,
        [typeof(DateOnly)] = ReadAsync<DateOnly>,
        [typeof(TimeSpan)] = ReadAsync<TimeSpan>,
        [typeof(Guid)] = ReadAsync<Guid>,
    };

    private delegate Task<object?[]> Reader(
        ParquetRowGroupReader group, DataField field, CancellationToken cancellationToken);

    /// <summary>Reads all values; null where they are missing.</summary>
    public static async Task<object?[]> ReadAsync(
        ParquetRowGroupReader group, DataField field, CancellationToken cancellationToken) =>
        !field.IsArray && field.MaxRepetitionLevel == 0 && _readers.TryGetValue(field.ClrType, out Reader? reader)
            ? await reader(group, field, cancellationToken).ConfigureAwait(false)
            : Unreadable(group);

    // The builder of the table refuses these, with the option that leaves a column out, unless it is left out.
    private static object?[] Unreadable(ParquetRowGroupReader group)
    {
        object?[] values = new object?[group.RowCount];
        Array.Fill(values, new ListOrStructure());
        return values;
    }

    private static async Task<object?[]> ReadAsync<T>(
        ParquetRowGroupReader group, DataField field, CancellationToken cancellationToken)
        where T : struct
    {
        if (!field.IsNullable)
        {
            var present = new T[group.RowCount];
            await group.ReadAsync<T>(field, present.AsMemory(), null, cancellationToken).ConfigureAwait(false);
            return Array.ConvertAll(present, value => (object?)value);
        }

        var values = new T?[group.RowCount];
        await group.ReadAsync<T>(field, values.AsMemory(), null, cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(values, value => (object?)value);
    }

    private static async Task<object?[]> TextsAsync(
        ParquetRowGroupReader group, DataField field, CancellationToken cancellationToken)
    {
        string?[] texts = new string?[group.RowCount];
        await group.ReadAsync(field, texts.AsMemory(), null, cancellationToken).ConfigureAwait(false);
        return texts;
    }

    /// <summary>Stands for a value of several parts, of which a table has no use.</summary>
    private sealed class ListOrStructure;
}
