using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Samples.Digits.Images;

namespace NeuralNet.Samples.Digits;

/// <summary>Reads the digit in an image.</summary>
internal static class Predicting
{
    /// <summary>Runs the command.</summary>
    /// <exception cref="SampleException">Something the user can put right.</exception>
    public static void Run(PredictOptions options, SampleEnvironment environment)
    {
        Network<float> network = SavedNetwork.Load(options.Model.File);
        string loss = LossPairing.ChooseLoss(options.Model.Loss, network);
        int size = (int)Math.Round(Math.Sqrt(network.InputSize));
        if (size * size != network.InputSize)
        {
            throw new SampleException(
                $"--model: '{options.Model.File}' takes {network.InputSize} pixels, which is not a square image.");
        }

        float[] pixels = Frame(options.Image, size);
        float[] outputs = network.Predict(pixels);
        environment.Report.Show(new(pixels, size, ToProbabilities(outputs, ModelFactory.Losses[loss].Loss)));
    }

    private static float[] Frame(string path, int size)
    {
        GrayImage image = ImageFile.Load(path);
        try
        {
            return DigitFrame.Place(image, size);
        }
        catch (InvalidDataException exception)
        {
            throw new SampleException($"'{path}': {exception.Message}", exception);
        }
    }

    /// <summary>Applies the activation that is part of the loss, so that logits become probabilities.</summary>
    private static float[] ToProbabilities(float[] outputs, ILoss loss)
    {
        if (loss.Input == LossInput.Logits)
        {
            IActivation activation = loss is SigmoidCrossEntropy ? new Sigmoid() : new Softmax();
            var view = new MatrixSpan<float>(outputs, outputs.Length, 1);
            activation.Forward<float>(view, view);
        }

        return outputs;
    }
}
