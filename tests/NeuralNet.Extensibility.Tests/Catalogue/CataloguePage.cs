using System.Reflection;
using System.Text;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Extensibility.Tests.Api;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Optimizers;
using NeuralNet.Preprocessing;
using NeuralNet.Regularization;
using NeuralNet.Schedules;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Catalogue;

/// <summary>The page that lists what a network can be made of, each with the first sentence of its summary.</summary>
internal static class CataloguePage
{
    private static readonly (string Title, Type Kind)[] _sections =
    [
        ("Layers", typeof(Layer<>)),
        ("Activations", typeof(IActivation)),
        ("Losses", typeof(ILoss)),
        ("Metrics", typeof(IMetric)),
        ("Optimizers", typeof(IOptimizer)),
        ("Gradient clipping", typeof(IGradientClipping)),
        ("Learning-rate schedules", typeof(ILearningRateSchedule)),
        ("Initializers", typeof(IInitializer)),
        ("Penalties", typeof(IPenalty)),
        ("Constraints", typeof(IConstraint)),
        ("Callbacks", typeof(ITrainingCallback<>)),
        ("Augmentations", typeof(IAugmentation)),
        ("Preprocessing", typeof(IFeatureTransform)),
    ];

    /// <summary>The page as Markdown.</summary>
    public static string Text()
    {
        Assembly[] assemblies = [.. PublicApiTests.Assemblies];
        var summaries = Summaries.Of(assemblies);
        var text = new StringBuilder(
            """
            # Catalogue

            What a network can be made of. This page is made from the source by a test, which fails when something is
            missing; each entry is the first sentence of the documentation of its type.

            Defaults are PyTorch's, or Keras's where PyTorch has none; the documentation of each says where the two
            differ. Every activation and loss is held to PyTorch's values and gradients, every optimizer to 200 of its
            steps, the metrics to scikit-learn's; every layer with every activation and under every loss is held
            against central differences.


            """.ReplaceLineEndings("\n"));
        foreach ((string title, Type kind) in _sections)
        {
            Type[] types =
            [
                .. assemblies.SelectMany(assembly => assembly.GetExportedTypes())
                    .Where(type => !type.IsAbstract && IsA(type, kind))
                    .OrderBy(type => type.Name, StringComparer.Ordinal),
            ];
            text.Append("## ").Append(title).Append("\n\n| name | what it is |\n|---|---|\n");
            foreach (Type type in types)
            {
                text.Append("| `").Append(type.Name.Split('`')[0]).Append("` | ").Append(summaries[type])
                    .Append(" |\n");
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static bool IsA(Type type, Type kind) => kind.IsInterface
        ? type.GetInterfaces().Any(one => (one.IsGenericType ? one.GetGenericTypeDefinition() : one) == kind)
        : BaseTypes(type).Any(one => (one.IsGenericType ? one.GetGenericTypeDefinition() : one) == kind);

    private static IEnumerable<Type> BaseTypes(Type type)
    {
        for (Type? one = type.BaseType; one is not null; one = one.BaseType)
        {
            yield return one;
        }
    }
}
