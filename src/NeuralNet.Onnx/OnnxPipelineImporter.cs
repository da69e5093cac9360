using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Onnx.Import;
using NeuralNet.Onnx.Import.Files;
using NeuralNet.Onnx.Schema;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Onnx;

/// <summary>Loads pipelines from ONNX models: a network, and what stands for missing values before it.</summary>
/// <remarks>
/// The operators that replace NaN directly behind the inputs, such as the Imputer of scikit-learn's converter, become
/// an <see cref="Imputation"/>; all else is the network, as <see cref="OnnxImporter"/> says. The pipeline has no
/// labels: give them by <c>Pipeline.Create(loaded.Network, loaded.Inputs, labels: …)</c>.
/// </remarks>
/// <example><code>
/// Pipeline&lt;float&gt; pipeline = Pipeline.LoadOnnx&lt;float&gt;("model.onnx");
/// </code></example>
public static class OnnxPipelineImporter
{
    extension(Pipeline)
    {
        /// <summary>Loads a pipeline from a file.</summary>
        /// <typeparam name="T">float or double; numbers of the other precision are rounded or widened.</typeparam>
        /// <param name="path">The file.</param>
        /// <param name="options">Which outputs to load, and how; the defaults if null.</param>
        /// <returns>The pipeline, which takes NaN for missing values where the model does.</returns>
        /// <exception cref="InvalidDataException">
        /// The file is damaged, no ONNX model, or holds a parameter that is not finite.
        /// </exception>
        /// <exception cref="NotSupportedException">The library has no pipeline for the model.</exception>
        /// <exception cref="ArgumentException">The options name an output twice.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
        public static Pipeline<T> LoadOnnx<T>(string path, OnnxImportOptions? options = null)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            using FileStream stream = File.OpenRead(path);
            return Pipeline.LoadOnnx<T>(stream, options, path);
        }

        /// <summary>Loads a pipeline from a stream, which is read to its end.</summary>
        /// <typeparam name="T">float or double; numbers of the other precision are rounded or widened.</typeparam>
        /// <param name="stream">The stream, which stays open.</param>
        /// <param name="options">Which outputs to load, and how; the defaults if null.</param>
        /// <param name="name">The name of the stream in messages.</param>
        /// <returns>The pipeline, which takes NaN for missing values where the model does.</returns>
        /// <exception cref="InvalidDataException">
        /// The data are damaged, no ONNX model, or hold a parameter that is not finite.
        /// </exception>
        /// <exception cref="NotSupportedException">The library has no pipeline for the model.</exception>
        public static Pipeline<T> LoadOnnx<T>(Stream stream, OnnxImportOptions? options = null, string name = "stream")
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(stream);
            ArgumentNullException.ThrowIfNull(name);
            string file = MessageText.File(name);
            (ModelProto model, int length) = ModelReader.Read(stream, file);
            var missing = MissingValues.TakeOut(model, file);
            Network<T> network = OnnxImporter.Load<T>(model, length, options ?? new(), file);
            return Pipeline.Create(network, Transform(network, missing, file));
        }
    }

    private static IFeatureTransform? Transform<T>(
        Network<T> network, IReadOnlyList<(IReadOnlyList<string> Inputs, double[] Replacements)> missing, string file)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double?[] all = new double?[network.InputSize];
        foreach ((IReadOnlyList<string> inputs, double[] replacements) in missing)
        {
            // A network of a single input does not have its name, and some inputs may not be needed.
            FeatureRange?[] ranges =
                [.. inputs.Select(input => network.Inputs.Count == 1 ? network.Inputs[0] : network.Inputs.Find(input))];
            int size = ranges.Sum(range => range?.Size ?? 0);
            if (Array.TrueForAll(ranges, range => range is null))
            {
                continue;
            }

            if (ranges.Any(range => range is not { Shape.IsFlat: true })
                || (replacements.Length != size && replacements.Length != 1))
            {
                throw new NotSupportedException(
                    $"'{file}': there {Quantity.Are(replacements.Length, "replacement")} of missing values for the "
                    + $"inputs {MessageText.Listed(inputs.Select(MessageText.Quoted))}, which have "
                    + $"{Quantity.Of(size, "feature")} in rows.");
            }

            int feature = 0;
            foreach (FeatureRange? range in ranges)
            {
                for (int i = 0; i < range!.Size; i++, feature++)
                {
                    all[range.Start + i] = replacements[replacements.Length == 1 ? 0 : feature];
                }
            }
        }

        int[] replaced = [.. Enumerable.Range(0, all.Length).Where(i => all[i] is not null)];
        return replaced.Length == 0 ? null
            : replaced.Length == all.Length ? new Imputation([.. all.Select(value => value!.Value)])
            : new ColumnTransform(all.Length, [.. Enumerable.Range(0, all.Length).Select(Block)]);

        ColumnBlock Block(int feature) =>
            new([feature], all[feature] is { } value ? new Imputation([value]) : null);
    }
}
