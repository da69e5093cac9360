using System.CommandLine;
using System.CommandLine.Parsing;
using NeuralNet.Samples.CommandLine;

namespace NeuralNet.Samples.ChainRule;

/// <summary>The command line: its options, the values they accept, and their defaults.</summary>
internal sealed class ChainRuleCommand : RootCommand
{
    private const int MostLearningRate = 1000;

    private readonly Option<int?> _seed = OptionKinds.OptionalWholeNumber(
        "--seed",
        "Random weights, input and target, the same for the same seed, in place of a published example's.",
        least: int.MinValue);

    private readonly Option<WeightIndex> _weight = new("--weight")
    {
        Description = "The weight that is followed in every layer: to neuron J from neuron K of the layer before, "
            + $"each from 1 to {Example.Width}.",
        HelpName = "J,K",
        DefaultValueFactory = _ => default,
        CustomParser = ParseWeight,
    };

    private readonly Option<double?> _learningRate = OptionKinds.Number(
        "--learning-rate",
        $"The learning rate of the step at the end, above 0 and at most {MostLearningRate}.",
        rate => rate is > 0 and <= MostLearningRate,
        $"above 0 and at most {MostLearningRate}, such as 0.5",
        fallback: 0.5);

    public ChainRuleCommand()
        : base("Walks through a small neural network, forward and back, with the numbers put into the formulas.")
    {
        Options.Add(_seed);
        Options.Add(_weight);
        Options.Add(_learningRate);
    }

    /// <summary>Reads the options out of a command line without errors.</summary>
    public ChainRuleOptions Bind(ParseResult arguments) => new(
        arguments.GetValue(_seed),
        arguments.GetRequiredValue(_weight),
        arguments.GetRequiredValue(_learningRate)!.Value);

    private static WeightIndex ParseWeight(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!WeightIndex.TryParse(text, Example.Width, out WeightIndex index))
        {
            result.AddError(
                $"--weight must be two numbers from 1 to {Example.Width} with a comma between them, such as 1,2, "
                + $"but it is '{text}'.");
        }

        return index;
    }
}
