using System.Text;
using NeuralNet.Activations;
using NeuralNet.Networks;
using NeuralNet.Samples.Digits;
using NeuralNet.Serialization;

namespace NeuralNet.Samples.Tests;

/// <summary>Evaluate and predict: what is done with a network that was trained and saved before.</summary>
public sealed class SavedModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("--activation tanh --loss mse")]
    [InlineData("--activation leaky-relu --loss binary-cross-entropy --dropout 0.2")]
    [InlineData("--activation sigmoid --loss sigmoid-cross-entropy")]
    public async Task Evaluate_repeats_the_test_that_training_ended_with(string options)
    {
        TinyDataSet.Write(_folder.Path);
        string model = _folder["model.safetensors"];
        string[] chosen = options.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        SampleRun training = await SampleRun.OfAsync(
            ["train", "--data", _folder.Path, "--hidden", "9,7", "--epochs", "2", "--save", model, .. chosen]);
        SampleRun test = await SampleRun.OfAsync(
            ["evaluate", "--model", model, "--data", _folder.Path, .. chosen.Where((_, i) => i is 2 or 3)]);

        training.ExitCode.Should().Be(ExitCode.Success);
        test.ExitCode.Should().Be(ExitCode.Success);
        test.Error.Should().BeEmpty();
        test.Output.Should().Contain(line => line.StartsWith("network 12-9-7-3, ", StringComparison.Ordinal));
        test.Output[^2..].Should().Equal(training.Output[^2..]);
    }

    [Fact]
    public async Task Predict_shows_the_image_the_probabilities_and_the_digit()
    {
        string model = await TrainOnGeneratedDigits();
        for (int digit = 0; digit < 10; digit++)
        {
            string image = _folder["digit.pgm"];
            byte[] pixels = GeneratedDigits.Draw(digit, new Random(digit));
            File.WriteAllBytes(image, [.. "P5 28 28 255\n"u8, .. pixels.Select(pixel => (byte)(255 - pixel))]);

            SampleRun run = await SampleRun.OfAsync("predict", "--model", model, image);

            run.ExitCode.Should().Be(ExitCode.Success);
            run.Output[..^11]
                .Should().Contain(line => line.Contains('@', StringComparison.Ordinal), "white ink is shown");
            run.Output[^11..^1].Select(line => line[..2]).Should()
                .Equal("0:", "1:", "2:", "3:", "4:", "5:", "6:", "7:", "8:", "9:");
            run.Output[^11..^1]
                .Sum(line => double.Parse(line[2..^2], System.Globalization.CultureInfo.InvariantCulture))
                .Should().BeApproximately(100, 0.05, "they are probabilities");
            run.Output[^1].Should().StartWith($"It is a {digit}, with probability ");
        }
    }

    [Fact]
    public async Task A_sigmoid_network_says_how_probable_each_digit_is_by_itself()
    {
        string model = _folder["square.safetensors"];
        Network<float> network = Network.Create<float>(16, seed: 1).Dense(2).Build();
        network.Parameter("dense1.weights").Values.Clear();
        network.Parameter("dense1.biases").Values[1] = 2;
        network.Save(model);
        File.WriteAllText(_folder["image.pgm"], "P2 3 3 1 1 1 1 1 0 1 1 1 1");

        SampleRun run = await SampleRun.OfAsync(
            "predict", "--model", model, "--loss", "sigmoid-cross-entropy", _folder["image.pgm"]);

        run.Output[^3..].Should().Equal("0:  50.00 %", "1:  88.08 %", "It is a 1, with probability 88.08 %.");
    }

    [Fact]
    public async Task A_model_that_cannot_be_read_is_one_line_that_names_it()
    {
        TinyDataSet.Write(_folder.Path);
        File.WriteAllText(_folder["text"], "this is no model, but a text that is long enough");
        File.WriteAllBytes(_folder["empty"], []);
        Network<float> network = Network.Create<float>(12, seed: 1).Dense(3).Build();
        network.SaveParameters(_folder["parameters"]);
        Save("whole", network);
        File.WriteAllBytes(_folder["part"], File.ReadAllBytes(_folder["whole"])[..^4]);

        foreach (string name in (string[])["nowhere", "text", "empty", "parameters", "part", "."])
        {
            SampleRun test = await SampleRun.OfAsync("evaluate", "--model", _folder[name], "--data", _folder.Path);
            SampleRun reading = await SampleRun.OfAsync("predict", "--model", _folder[name], _folder["text"]);

            foreach (SampleRun run in (SampleRun[])[test, reading])
            {
                run.ExitCode.Should().Be(ExitCode.BadInput);
                run.Output.Should().BeEmpty();
                run.Error.Should().ContainSingle().Which.Should().StartWith("--model: ").And.Contain(_folder[name]);
            }
        }
    }

    [Fact]
    public async Task A_model_that_does_not_fit_the_data_is_refused()
    {
        TinyDataSet.Write(_folder.Path);
        Save("pixels", Network.Create<float>(16, seed: 1).Dense(3).Build());
        Save("classes", Network.Create<float>(12, seed: 1).Dense(4).Build());

        foreach (string name in (string[])["pixels", "classes"])
        {
            SampleRun run = await SampleRun.OfAsync("evaluate", "--model", _folder[name], "--data", _folder.Path);

            run.ExitCode.Should().Be(ExitCode.BadInput);
            run.Error.Should().ContainSingle().Which.Should().Contain("does not fit").And.Contain("4 x 3 pixels");
        }

        File.WriteAllText(_folder["image.pgm"], "P2 2 1 1 0 1");
        SampleRun prediction = await SampleRun.OfAsync("predict", "--model", _folder["classes"], _folder["image.pgm"]);
        prediction.ExitCode.Should().Be(ExitCode.BadInput);
        prediction.Error.Should().ContainSingle().Which.Should().Contain("12 pixels, which is not a square image");
    }

    [Fact]
    public async Task A_loss_that_would_misread_the_network_is_refused()
    {
        TinyDataSet.Write(_folder.Path);
        Save("logits", Network.Create<float>(12, seed: 1).Dense(3).Build());
        Save("probabilities", Network.Create<float>(12, seed: 1).Dense(3, new Sigmoid()).Build());

        SampleRun logits = await SampleRun.OfAsync(
            "evaluate", "--model", _folder["logits"], "--data", _folder.Path, "--loss", "binary-cross-entropy");
        SampleRun probabilities = await SampleRun.OfAsync(
            "evaluate", "--model", _folder["probabilities"], "--data", _folder.Path, "--loss", "cross-entropy");

        logits.ExitCode.Should().Be(ExitCode.BadInput);
        logits.Error
            .Should().ContainSingle().Which.Should().Contain("gives real numbers").And.Contain("takes probabilities");
        probabilities.ExitCode.Should().Be(ExitCode.BadInput);
        probabilities.Error
            .Should().ContainSingle().Which.Should().Contain("gives probabilities").And.Contain("takes logits");
    }

    [Theory]
    [InlineData("nowhere.png", null)]
    [InlineData("text.png", "no image")]
    [InlineData("short.pgm", "P5 28 28 255\nabc")]
    [InlineData("blank.pgm", "P2 2 2 1 1 1 1 1")]
    [InlineData("signature.png", "\u0089PNG\r\n\u001a\n")]
    public async Task An_image_that_cannot_be_read_is_one_line_that_names_it(string name, string? content)
    {
        Save("model", Network.Create<float>(16, seed: 1).Dense(3).Build());
        if (content is not null)
        {
            File.WriteAllBytes(_folder[name], Encoding.Latin1.GetBytes(content));
        }

        SampleRun run = await SampleRun.OfAsync("predict", "--model", _folder["model"], _folder[name]);

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Output.Should().BeEmpty();
        run.Error.Should().ContainSingle().Which.Should().Contain(name);
    }

    [Theory]
    [InlineData("evaluate", "--model")]
    [InlineData("predict image.png", "--model")]
    [InlineData("predict --model m", "'predict' needs IMAGE: A PNG or PGM image")]
    [InlineData("predict --model m a.png b.png", "b.png")]
    [InlineData("predict --model m a.png --epochs 3", "--epochs")]
    [InlineData("evaluate --model m --data d --generated", "--generated")]
    [InlineData("evaluate --model m --loss hinge", "--loss")]
    [InlineData("evaluate --model m --activation relu", "--activation")]
    [InlineData("--epochs 3 evaluate --model m", "--epochs is before 'evaluate'")]
    [InlineData("--seed 3 train", "--seed is before 'train'")]
    public async Task A_bad_command_line_is_one_line_that_names_what_is_wrong(string arguments, string named)
    {
        SampleRun run = await SampleRun.OfAsync(arguments.Split(' '));

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Output.Should().BeEmpty();
        run.Error.Should().ContainSingle().Which.Should().Contain(named);
    }

    private async Task<string> TrainOnGeneratedDigits()
    {
        string model = _folder["model.safetensors"];
        SampleRun run = await SampleRun.OfAsync("--generated", "--hidden", "32", "--epochs", "4", "--save", model);
        run.ExitCode.Should().Be(ExitCode.Success);
        return model;
    }

    private void Save(string name, Network<float> network) => network.Save(_folder[name]);
}
