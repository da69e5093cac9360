using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Networks;
using NeuralNet.Tables.Columns;

namespace NeuralNet.Tables;

/// <summary>Makes networks for the features of a schema.</summary>
internal static class TabularNetwork
{
    private const string Features = "features";
    private const string Categories = "categories";

    private static readonly int[] _usualHidden = [256, 256];

    /// <summary>Begins a network; see <see cref="TableSchema.CreateNetwork"/>.</summary>
    public static NetworkBuilder<T> Create<T>(TableSchema schema, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int embedded = schema.Embedded.Count;
        if (embedded == 0)
        {
            return Network.Create<T>(schema.InputSize, seed);
        }

        (int, int)[] tables =
        [
            .. schema.Embedded.Select(column => (column.Unknown + 1, Dimensions(column.Unknown))),
        ];
        int others = schema.InputSize - embedded;
        return others == 0
            ? Network.Create<T>(seed).Input(Categories, embedded).From(Categories).Embeddings(tables)
            : Network.Create<T>(seed)
                .Input(Features, others)
                .Input(Categories, embedded)
                .Branches(
                    Layers.Merge.Concatenation,
                    features => features.From(Features),
                    categories => categories.From(Categories).Embeddings(tables));
    }

    /// <summary>Makes a network; see <see cref="TableSchema.BuildNetwork"/>.</summary>
    public static Network<T> Build<T>(TableSchema schema, int seed, IReadOnlyList<int>? hidden, double dropout)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NetworkBuilder<T> builder = Create<T>(schema, seed);

        // All that is to be given back passes through the narrowest layer, of which a ReLU would let through half.
        int linear = schema.IsReconstruction && hidden is { Count: > 0 } ? hidden.Min() : 0;
        foreach (int units in hidden ?? _usualHidden)
        {
            builder = builder.Dense(units, units == linear ? null : new ReLU());
            builder = dropout == 0 ? builder : builder.Dropout(dropout);
        }

        return builder.Dense(schema.TargetSize).Build();
    }

    /// <summary>
    /// Refuses a network that would compute with the numbers of categories, as if the third were thrice the first.
    /// </summary>
    public static void RequireEmbeddings<T>(Network<T> network, TableSchema schema)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int embedded = schema.Embedded.Count;
        if (embedded > 0 && network.Inputs.Find(Categories)?.Size != embedded)
        {
            throw new ArgumentException(
                $"The last {Quantity.Of(embedded, "feature")} of the schema, of "
                + $"{FieldText.Listed(schema.Embedded.Select(column => column.Name), 10)}, are numbers of categories, "
                + $"which only an embedding can take, but the network has no input '{Categories}' of this size. Begin "
                + $"it with {nameof(TableSchema)}.{nameof(TableSchema.CreateNetwork)}, or raise "
                + $"{nameof(SchemaOptions)}.{nameof(SchemaOptions.MaxOneHot)} to the number of categories.",
                nameof(network));
        }
    }

    // Howard and Gugger, fastai: the rule of thumb of its tabular learner, with a lower bound for wide tables.
    private static int Dimensions(int categories) =>
        (int)Math.Clamp(Math.Round(1.6 * Math.Pow(categories, 0.56)), 1, 50);
}
