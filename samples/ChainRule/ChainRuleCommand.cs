using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace NeuralNet.Samples.ChainRule;

/// <summary>The command line: its options, the values they accept, and their defaults.</summary>
internal sealed class ChainRuleCommand : RootCommand
{
    private const int MostLearningRate = 1000;

    private readonly Option<int?> _seed = new("--seed")
    {
        Description =
            "Random weights, input and target, the same for the same seed, in place of a published example's.",
        HelpName = "N",
        CustomParser = ParseSeed,
    };

    private readonly Option<WeightIndex> _weight = new("--weight")
    {
        Description = "The weight that is followed in every layer: to neuron J from neuron K of the layer before, "
            + $"each from 1 to {Example.Width}.",
        HelpName = "J,K",
        DefaultValueFactory = _ => default,
        CustomParser = ParseWeight,
    };

    private readonly Option<double> _learningRate = new("--learning-rate")
    {
        Description = $"The learning rate of the step at the end, above 0 and at most {MostLearningRate}.",
        HelpName = "RATE",
        DefaultValueFactory = _ => 0.5,
        CustomParser = ParseLearningRate,
    };

    public ChainRuleCommand()
        : base("Walks through a small neural network, forward and back, with the numbers put into the formulas.")
    {
        Options.Add(_seed);
        Options.Add(_weight);
        Options.Add(_learningRate);
    }

    /// <summary>Reads the options out of a command line without errors.</summary>
    public ChainRuleOptions Bind(ParseResult arguments) => new(
        arguments.GetValue(_seed), arguments.GetRequiredValue(_weight), arguments.GetRequiredValue(_learningRate));

    private static int? ParseSeed(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seed))
        {
            result.AddError($"--seed must be a whole number, but it is '{text}'.");
        }

        return seed;
    }

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

    private static double ParseLearningRate(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate)
            || !(rate > 0 && rate <= MostLearningRate))
        {
            result.AddError(
                $"--learning-rate must be a number above 0 and at most {MostLearningRate}, such as 0.5, but it is "
                + $"'{text}'.");
        }

        return rate;
    }
}
