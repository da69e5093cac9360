using System.Diagnostics;
using System.Globalization;
using NeuralNet.Fuzz;
using NeuralNet.Networks;
using NeuralNet.Onnx.Tests.Export;
using NeuralNet.Onnx.Tests.Import;

namespace NeuralNet.Onnx.Tests.Fuzzing;

/// <summary>Damaged models, one per seed, and what loading them must be like.</summary>
internal static class Fuzzer
{
    /// <summary>
    /// Bytes that loading may allocate in all, per byte of the file and beside that: a number of four bytes becomes at
    /// most some tens, but a node of twenty becomes a layer, which is a dozen objects.
    /// </summary>
    public const int MemoryPerByte = 64;

    /// <inheritdoc cref="MemoryPerByte"/>
    public const int MemoryBeside = 32 << 20;

    private const int MostFeatures = 10_000;
    private static readonly TimeSpan _mostTime = TimeSpan.FromSeconds(10);

    private static readonly byte[][] _models =
    [
        .. ForeignModel.Names.Select(name => new ForeignModel(name).Bytes),
        .. ExportCatalogue.All.Where((_, i) => i % 5 == 0 || i > 100).Select(exportCase => exportCase.Model()),
    ];

    /// <summary>The damaged model of a seed.</summary>
    public static byte[] FuzzCase(int seed)
    {
        var random = new Random(seed);
        byte[] model = _models[random.Next(_models.Length)];
        return random.Next(4) switch
        {
            0 => ByteDamage.Apply(model, random),
            1 => WireDamage.Apply(model, random),
            2 => GraphDamage.Apply(model, random),
            _ => ByteDamage.Apply(GraphDamage.Apply(model, random), random),
        };
    }

    /// <summary>Loads the damaged model of a seed and says whether it was one still.</summary>
    /// <exception cref="InvalidOperationException">
    /// It took too long or too much memory, or failed as it must not.
    /// </exception>
    public static bool Run(int seed)
    {
        string name = "seed " + seed.ToString(CultureInfo.InvariantCulture);
        byte[] model = FuzzCase(seed);
        if (seed % 8 == 0)
        {
            Describe(model, name);
        }

        return Load(model, name, isDouble: seed % 3 == 0);
    }

    /// <summary>Loads a model of unknown origin and says whether it is one.</summary>
    /// <exception cref="InvalidOperationException">
    /// It took too long or too much memory, or failed as it must not.
    /// </exception>
    public static bool Load(byte[] model, string name, bool isDouble = false)
    {
        var watch = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isLoaded;
        try
        {
            isLoaded = isDouble ? TryLoad<double>(model, name) : TryLoad<float>(model, name);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{name}: {exception.GetType().Name} came out", exception);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long allowed = MemoryBeside + (MemoryPerByte * (long)model.Length);
        if (allocated > allowed)
        {
            throw new InvalidOperationException(
                $"{name}: {model.Length} bytes took {allocated} bytes of memory, more than {allowed}");
        }

        return watch.Elapsed <= _mostTime
            ? isLoaded
            : throw new InvalidOperationException($"{name}: {model.Length} bytes took {watch.Elapsed}");
    }

    private static void Describe(byte[] model, string name)
    {
        try
        {
            _ = OnnxImporter.Describe(new MemoryStream(model), name).ToString();
        }
        catch (Exception exception) when (exception is InvalidDataException or NotSupportedException
            && exception.Message.Contains($"'{name}'", StringComparison.Ordinal)
            && MessageCheck.Fault(exception) is null)
        {
            // Refused as it should be.
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{name}, described: {exception.GetType().Name} came out", exception);
        }
    }

    private static bool TryLoad<T>(byte[] model, string name)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        try
        {
            Network<T> network = Network.LoadOnnx<T>(new MemoryStream(model), name: name);
            if (network.InputSize <= MostFeatures && network.Layers.All(layer => layer.OutputSize <= MostFeatures))
            {
                network.Predict(new T[network.InputSize], new T[network.OutputSize]);
            }

            return true;
        }
        catch (Exception exception) when (exception is InvalidDataException or NotSupportedException
            && exception.Message.Contains($"'{name}'", StringComparison.Ordinal)
            && MessageCheck.Fault(exception) is null)
        {
            return false;
        }
    }
}
