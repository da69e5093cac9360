using NeuralNet.Losses;
using NeuralNet.Optimizers;
using NeuralNet.Traces;
using NeuralNet.Training;
using static NeuralNet.Samples.ChainRule.Notation;

namespace NeuralNet.Samples.ChainRule;

/// <summary>One step of gradient descent, and its effect on the loss.</summary>
internal static class Descent
{
    public static void Write(IPage page, Example example, BackpropagationTrace before, ChainRuleOptions options)
    {
        double rate = options.LearningRate;
        var trainer = new Trainer<double>(example.Network, new MeanSquaredError(), new Sgd(rate), threads: 1);
        trainer.Step(example.Input.ToColumnMatrix(), example.Target.ToColumnMatrix());
        BackpropagationTrace after = BackpropagationTrace.Run(
            example.Network, new MeanSquaredError(), example.Input, example.Target);

        page.Text(
            $"Every weight and bias goes a little against its gradient, θ − η·∂L/∂θ, with η = {Show(rate)}. The "
            + "weights followed above:");
        foreach ((DenseTrace old, DenseTrace moved)
            in before.Layers.Cast<DenseTrace>().Zip(after.Layers.Cast<DenseTrace>()))
        {
            (int j, int k) = options.Weight;
            page.Equation(
                Weight(old.Number, j, k) + " new",
                $"{Show(old.Weights[j, k])} − {Factor(rate)}·{Factor(old.WeightGradient[j, k])}",
                Show(moved.Weights[j, k]));
        }

        double squares = before.Layers.SelectMany(layer => layer.Parameters)
            .Sum(parameter => Math.Pow(parameter.Gradient.FrobeniusNorm(), 2));
        page.Text(
            "How much should the loss change by that? For a small step, by minus η times the sum of all squared "
            + "gradients:");
        page.Equation("−η·‖∇L‖²", $"−{Factor(rate)}·{Factor(squares)}", Show(-rate * squares));
        page.Text("And how much did it?");
        page.Equation("L new − L", $"{Show(after.Loss)} − {Factor(before.Loss)}", Show(after.Loss - before.Loss));
        page.Result($"The loss was {Show(before.Loss)} and is {Show(after.Loss)} after one step.");
    }
}
