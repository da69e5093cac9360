using System.Numerics;
using NeuralNet.Preprocessing;

namespace NeuralNet.Kinds;

/// <summary>The feature transforms of the library, each with what was fitted.</summary>
internal static class BuiltInTransforms
{
    public static IEnumerable<Kind<T>> Kinds<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        Of<T, Standardization>(
            "Standardization",
            (t, s) => s.Numbers("means", t.Means).Numbers("deviations", t.StandardDeviations),
            s => new(s.Numbers("means"), s.Numbers("deviations"))),
        Of<T, MinMaxScaling>(
            "MinMaxScaling",
            (t, s) => s.Numbers("minimums", t.Minimums).Numbers("maximums", t.Maximums).Number("lower", t.Lower).Number("upper", t.Upper),
            s => new(s.Numbers("minimums"), s.Numbers("maximums"), s.Number("lower"), s.Number("upper"))),
        Of<T, Imputation>("Imputation", (t, s) => s.Numbers("replacements", t.Replacements), s => new(s.Numbers("replacements"))),
        Of<T, OneHotEncoding>(
            "OneHotEncoding",
            (t, s) => s.Integers("counts", t.Categories.Select(column => (long)column.Count))
                .Numbers("categories", t.Categories.SelectMany(column => column))
                .Flag("unknownIsZeros", t.Unknown == UnknownCategory.Zeros),
            s => new(
                Cut(s.Numbers("categories"), s.Integers("counts")),
                s.Flag("unknownIsZeros") ? UnknownCategory.Zeros : UnknownCategory.Refuse)),
        Of<T, ColumnTransform>("ColumnTransform", Write, s => new(s.Size("inputSize"), Blocks(s))),
        Of<T, TransformSequence>("TransformSequence", (t, s) => s.Transforms("steps", t.Steps), s => new(s.Transforms("steps"))),
    ];

    private static Kind<T> Of<T, TTransform>(
        string name, Action<TTransform, SettingsWriter<T>> write, Func<SettingsReader<T>, TTransform> read)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TTransform : class, IFeatureTransform => Kind<T>.Of(KindRole.Transform, name, write, read);

    // The columns of all blocks one after the other, how many each has, and which blocks have a transform.
    private static void Write<T>(ColumnTransform transform, SettingsWriter<T> settings)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        settings.Integer("inputSize", transform.InputSize)
            .Integers("counts", transform.Blocks.Select(block => (long)block.Columns.Count))
            .Integers("columns", transform.Blocks.SelectMany(block => block.Columns).Select(column => (long)column))
            .Integers("transformed", Enumerable.Range(0, transform.Blocks.Count).Where(i => transform.Blocks[i].Transform is not null).Select(i => (long)i))
            .Transforms("transforms", transform.Blocks.Select(block => block.Transform).OfType<IFeatureTransform>());

    private static ColumnBlock[] Blocks<T>(SettingsReader<T> settings)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IReadOnlyList<long>[] columns = Cut(settings.Integers("columns"), settings.Integers("counts"));
        IReadOnlyList<long> transformed = settings.Integers("transformed");
        IReadOnlyList<IFeatureTransform> transforms = settings.Transforms("transforms");
        if (transforms.Count != transformed.Count)
        {
            throw new ArgumentException($"{transformed.Count} blocks of columns are transformed, but there are {transforms.Count} transforms.");
        }

        Dictionary<long, IFeatureTransform> byBlock =
            transformed.Zip(transforms).ToDictionary(pair => pair.First, pair => pair.Second);
        return
        [
            .. columns.Select((block, i) =>
                new ColumnBlock([.. block.Select(column => checked((int)column))], byBlock.GetValueOrDefault(i))),
        ];
    }

    private static IReadOnlyList<TElement>[] Cut<TElement>(IReadOnlyList<TElement> values, IReadOnlyList<long> counts)
    {
        long sum = 0;
        var parts = new List<IReadOnlyList<TElement>>();
        foreach (long count in counts)
        {
            if (count < 0 || count > values.Count - sum)
            {
                throw new ArgumentException($"{values.Count} values are not cut into the parts they should be.");
            }

            parts.Add([.. values.Skip((int)sum).Take((int)count)]);
            sum += count;
        }

        return sum == values.Count
            ? [.. parts]
            : throw new ArgumentException($"{values.Count} values are not cut into the parts they should be.");
    }
}
