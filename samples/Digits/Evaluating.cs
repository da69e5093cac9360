using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Samples.Digits;

/// <summary>Tests a network that was trained before.</summary>
internal static class Evaluating
{
    /// <summary>Runs the command.</summary>
    /// <exception cref="SampleException">An error that the user can correct.</exception>
    public static async Task RunAsync(
        EvaluateOptions options, SampleEnvironment environment, CancellationToken cancellationToken)
    {
        Network<float> network = SavedNetwork.Load(options.Model.File);
        string loss = LossPairing.ChooseLoss(options.Model.Loss, network);
        MnistData data = await DataSource.LoadAsync(options.Source, environment, cancellationToken);
        RequireFit(network, data, options.Model.File);
        environment.Report.StartTest(data, network);

        // Nothing is trained, but a trainer also measures losses.
        var trainer = new Trainer<float>(network, ModelFactory.Losses[loss].Loss, new Sgd(1));
        environment.Report.FinishTest(Examination.Run(data, trainer));
    }

    private static void RequireFit(Network<float> network, MnistData data, string file)
    {
        if ((network.InputSize, network.OutputSize) != (data.Test.InputSize, data.Classes))
        {
            throw new SampleException(
                $"--model: '{file}' does not fit {data.Name}: it takes {network.InputSize} pixels and knows "
                + $"{network.OutputSize} classes, but there are {data.Rows} x {data.Columns} pixels and {data.Classes} "
                + "classes.");
        }
    }
}
