using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NeuralNet.Activations;
using NeuralNet.Networks;
using NeuralNet.Samples.Digits;
using NeuralNet.Serialization;

namespace NeuralNet.Samples.Tests;

public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_prints_a_line_per_epoch_and_ends_with_the_test_accuracy()
    {
        TinyDataSet.Write(_folder.Path);

        SampleRun run = await SampleRun.OfAsync(
            "--data", _folder.Path, "--hidden", "8,8", "--epochs", "12", "--batch-size", "8",
            "--learning-rate", "0.02");

        run.ExitCode.Should().Be(ExitCode.Success);
        run.Error.Should().BeEmpty();
        run.Output.Where(line => line.StartsWith("epoch ", StringComparison.Ordinal)).Should().HaveCount(12)
            .And.OnlyContain(line => !line.Contains("generated", StringComparison.Ordinal));
        run.Output.Should().Contain(line => line.Contains("4 x 3 pixels in 3 classes", StringComparison.Ordinal));
        run.Output.Should().OnlyContain(line => !line.Any(char.IsControl));
        run.Output[^1].Should().Be("test accuracy 100.00 % (30 of 30)");
    }

    [Theory]
    [InlineData("--activation", "tanh")]
    [InlineData("--activation", "sigmoid")]
    [InlineData("--activation", "leaky-relu")]
    [InlineData("--optimizer", "sgd")]
    [InlineData("--optimizer", "adamw")]
    [InlineData("--optimizer", "momentum")]
    [InlineData("--schedule", "one-cycle")]
    [InlineData("--schedule", "warm-restarts")]
    [InlineData("--activation", "gelu")]
    [InlineData("--loss", "mse")]
    [InlineData("--loss", "sigmoid-cross-entropy")]
    [InlineData("--loss", "binary-cross-entropy")]
    [InlineData("--init", "normal")]
    [InlineData("--dropout", "0.5")]
    [InlineData("--init", "glorot-normal")]
    [InlineData("--init", "glorot-uniform")]
    [InlineData("--init", "he-normal")]
    [InlineData("--init", "he-uniform")]
    [InlineData("--init", "lecun-normal")]
    [InlineData("--init", "lecun-uniform")]
    [InlineData("--init", "orthogonal")]
    public async Task Every_kind_of_network_can_be_trained(string option, string value)
    {
        TinyDataSet.Write(_folder.Path);

        SampleRun run = await SampleRun.OfAsync(
            "--data", _folder.Path, "--epochs", "1", "--hidden", "4", option, value);

        run.ExitCode.Should().Be(ExitCode.Success);
        run.Output[^1].Should().MatchRegex(@"^test accuracy \d+\.\d\d % \(\d+ of 30\)$");
    }

    [Fact]
    public async Task Every_epoch_can_be_tested_and_the_best_one_is_named()
    {
        TinyDataSet.Write(_folder.Path);
        string path = _folder["summary.json"];

        SampleRun run = await SampleRun.OfAsync(
            "--data", _folder.Path, "--hidden", "8", "--epochs", "9", "--batch-size", "8", "--learning-rate", "0.02",
            "--test-every-epoch", "--summary", path);

        run.ExitCode.Should().Be(ExitCode.Success);
        double[] tested = [.. run.Output
            .Select(line => Regex.Match(line, @"^epoch \d/9: .* test accuracy (\d+\.\d\d) %, \d+ samples/s$"))
            .Where(match => match.Success)
            .Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
        tested.Should().HaveCount(9);
        int best = Array.IndexOf(tested, tested.Max()) + 1;
        best.Should().BeLessThan(9, "it learns this in a few epochs, and of equals the first counts");
        run.Output[^3]
            .Should().Be(FormattableString.Invariant($"best epoch {best}: test accuracy {tested.Max():F2} %"));
        run.Output[^1].Should().StartWith(FormattableString.Invariant($"test accuracy {tested[^1]:F2} % "));
        using var summary = JsonDocument.Parse(File.ReadAllBytes(path));
        summary.RootElement.GetProperty("bestEpoch").GetInt32().Should().Be(best);
        summary.RootElement.GetProperty("bestTestAccuracy").GetDouble()
            .Should().BeApproximately(tested.Max() / 100, 5e-5);
    }

    [Fact]
    public async Task Testing_every_epoch_changes_nothing_about_the_training()
    {
        TinyDataSet.Write(_folder.Path);
        string[] arguments = ["--data", _folder.Path, "--epochs", "3", "--hidden", "4"];

        SampleRun without = await SampleRun.OfAsync(arguments);
        SampleRun with = await SampleRun.OfAsync([.. arguments, "--test-every-epoch"]);

        with.Output[^2..].Should().Equal(without.Output[^2..]);
    }

    [Fact]
    public async Task The_first_training_samples_alone_can_be_trained_on()
    {
        TinyDataSet.Write(_folder.Path);

        SampleRun some = await SampleRun.OfAsync("--data", _folder.Path, "--epochs", "1", "--train-samples", "50");
        SampleRun all = await SampleRun.OfAsync("--data", _folder.Path, "--epochs", "1", "--train-samples", "90");
        SampleRun tooMany = await SampleRun.OfAsync("--data", _folder.Path, "--epochs", "1", "--train-samples", "91");

        some.Output[0].Should().Contain("50 training and 30 test samples");
        all.Output[0].Should().Contain("90 training and 30 test samples");
        tooMany.ExitCode.Should().Be(ExitCode.BadInput);
        tooMany.Error
            .Should().ContainSingle().Which.Should().Contain("--train-samples requests 91")
            .And.Contain("90 training samples");
    }

    [Theory]
    [InlineData("lenet", "28x28x1-28x28x6-10x10x16-120-84-10")]
    [InlineData("convolution", "28x28x1-28x28x32-28x28x32-14x14x64-14x14x64-256-10")]
    public async Task A_network_for_images_is_trained_and_read_again(string network, string sizes)
    {
        string model = _folder["model.safetensors"];
        SampleRun training = await SampleRun.OfAsync(
            "--generated", "--train-samples", "200", "--epochs", "1", "--network", network, "--dropout", "0.1",
            "--save", model);
        training.ExitCode.Should().Be(ExitCode.Success);
        training.Output.Should().Contain(
            line => line.StartsWith($"network {sizes}, ReLU, dropout 0.1, ", StringComparison.Ordinal));

        SampleRun evaluation = await SampleRun.OfAsync("evaluate", "--generated", "--model", model);
        evaluation.ExitCode.Should().Be(ExitCode.Success);
    }

    [Fact]
    public async Task Images_too_small_for_the_layers_are_refused()
    {
        TinyDataSet.Write(_folder.Path);
        SampleRun run = await SampleRun.OfAsync("--data", _folder.Path, "--network", "lenet");
        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Error.Should().ContainSingle().Which.Should()
            .StartWith("--network lenet: The image is 2 × 1, the kernel 5 × 5");
    }

    [Fact]
    public async Task Dropout_stands_behind_every_hidden_layer_and_the_saved_network_does_without()
    {
        TinyDataSet.Write(_folder.Path);
        var command = new DigitsCommand();
        TrainOptions options = command.BindTraining(command.Parse("--hidden 6,5 --dropout 0.5"));
        Network<float> network = ModelFactory.CreateNetwork(options, MnistData.Of(IdxFolder.Read(_folder.Path)));
        string path = _folder["model.safetensors"];

        SampleRun run = await SampleRun.OfAsync(
            "--data", _folder.Path, "--hidden", "6,5", "--dropout", "0.5", "--epochs", "3", "--save", path);
        SampleRun test = await SampleRun.OfAsync("evaluate", "--model", path, "--data", _folder.Path);

        network.Layers.Select(layer => layer.Kind).Should().Equal("dense", "dropout", "dense", "dropout", "dense");
        run.Output[1].Should().StartWith("network 12-6-5-3, ReLU, dropout 0.5, ");
        test.Output[^2..].Should().Equal(run.Output[^2..]);
    }

    [Fact]
    public async Task Early_stopping_ends_training_by_samples_held_out_of_it_and_keeps_the_best_epoch()
    {
        // The last sixth is labelled otherwise: the better the rest is learnt, the worse is the loss there.
        TinyDataSet.Write(_folder.Path, trainingCount: 120);
        byte[] labels = [.. Enumerable.Range(0, 120).Select(i => (byte)((i < 100 ? i : i + 1) % 3))];
        TinyDataSet.WriteIdx(_folder.Path, TinyDataSet.TrainingLabels, [120], labels);
        string path = _folder["summary.json"];

        SampleRun run = await SampleRun.OfAsync(
            "--data", _folder.Path, "--epochs", "1000", "--hidden", "8", "--early-stopping", "2", "--summary", path);

        run.ExitCode.Should().Be(ExitCode.Success);
        run.Output[0].Should().Contain("100 training, 20 validation and 30 test samples");
        double[] losses = [.. run.Output
            .Select(line => Regex.Match(line, "^epoch .* validation loss ([0-9.]+), validation accuracy [0-9.]+ %, "))
            .Where(match => match.Success)
            .Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
        losses.Should().HaveCount(3, "the first epoch is the best").And.BeInAscendingOrder();
        run.Output
            .Should()
            .Contain(line => line.StartsWith($"stopped after epoch {losses.Length}: loss ", StringComparison.Ordinal));
        run.Output
            .Should().Contain($"kept the parameters of epoch {losses.Length - 2}, the best on the validation samples");
        using var summary = JsonDocument.Parse(File.ReadAllBytes(path));
        summary.RootElement.GetProperty("keptEpoch").GetInt32().Should().Be(losses.Length - 2);
        summary.RootElement.GetProperty("validationSamples").GetInt32().Should().Be(20);
        summary.RootElement.GetProperty("stopReason").GetString().Should().Contain("has not improved for 2 epochs");
    }

    [Fact]
    public async Task Validation_samples_are_the_last_ones_and_never_trained_on()
    {
        TinyDataSet.Write(_folder.Path);

        SampleRun validated = await SampleRun.OfAsync(
            "--data", _folder.Path, "--epochs", "2", "--train-samples", "50", "--validation-samples", "40");
        SampleRun alone = await SampleRun.OfAsync("--data", _folder.Path, "--epochs", "2", "--train-samples", "50");
        SampleRun tooMany = await SampleRun.OfAsync(
            "--data", _folder.Path, "--train-samples", "51", "--validation-samples", "40");
        SampleRun all = await SampleRun.OfAsync("--data", _folder.Path, "--validation-samples", "90");

        validated.Output[0].Should().Contain("50 training, 40 validation and 30 test samples");
        validated.Output[^2..].Should().Equal(alone.Output[^2..]);
        tooMany.ExitCode.Should().Be(ExitCode.BadInput);
        tooMany.Error.Should().ContainSingle().Which.Should().Contain("51 samples and validation 40").And.Contain("90");
        all.ExitCode.Should().Be(ExitCode.BadInput);
        all.Error.Should().ContainSingle().Which.Should().Contain("validation 90");
    }

    [Fact]
    public async Task The_figures_of_every_epoch_go_to_a_CSV_file()
    {
        TinyDataSet.Write(_folder.Path);
        string path = _folder["metrics.csv"];

        SampleRun run = await SampleRun.OfAsync(
            "--data", _folder.Path, "--epochs", "3", "--validation-samples", "10", "--metrics-csv", path);
        SampleRun refused = await SampleRun.OfAsync("--data", _folder.Path, "--metrics-csv", _folder["nowhere/m.csv"]);

        run.ExitCode.Should().Be(ExitCode.Success);
        string[] rows = File.ReadAllLines(path);
        rows[0].Should().Be(
            "epoch,samples,seconds,learning_rate,loss,accuracy,validation_loss,validation_accuracy,outcome");
        rows[1..].Select(row => row[..5]).Should().Equal("1,80,", "2,80,", "3,80,");
        refused.ExitCode.Should().Be(ExitCode.BadInput);
        refused.Error.Should().ContainSingle().Which.Should().Contain("--metrics-csv");
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_result()
    {
        TinyDataSet.Write(_folder.Path);
        string[] arguments = ["--data", _folder.Path, "--epochs", "2", "--hidden", "4"];

        SampleRun first = await SampleRun.OfAsync(arguments);
        SampleRun again = await SampleRun.OfAsync(arguments);

        again.Output[^2..].Should().Equal(first.Output[^2..]);
    }

    [Fact]
    public async Task The_trained_parameters_can_be_saved_and_loaded()
    {
        TinyDataSet.Write(_folder.Path);
        string path = Path.Combine(_folder.Path, "trained.safetensors");

        SampleRun run = await SampleRun.OfAsync(
            "--data", _folder.Path, "--epochs", "1", "--hidden", "4", "--save", path);

        run.ExitCode.Should().Be(ExitCode.Success);
        Network<float> network = Network.Create<float>(12, seed: 7).Dense(4, new ReLU()).Dense(3).Build();
        float[] before = network.Parameter("dense1.weights").Values.ToArray();
        network.LoadParameters(path);
        network.Parameter("dense1.weights").Values.ToArray().Should().NotEqual(before);
    }

    [Fact]
    public async Task The_summary_has_every_field()
    {
        TinyDataSet.Write(_folder.Path);
        string path = _folder["summary.json"];
        File.WriteAllText(path, "an older one");

        SampleRun run = await SampleRun.OfAsync(
            "--data", _folder.Path, "--hidden", "5,4", "--epochs", "2", "--batch-size", "16", "--optimizer", "sgd",
            "--seed", "7", "--threads", "2", "--summary", path);

        run.ExitCode.Should().Be(ExitCode.Success);
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement summary = document.RootElement;
        summary.EnumerateObject().Select(property => property.Name).Should().Equal(
            "dataset", "trainSamples", "validationSamples", "network", "hidden", "activation", "outputActivation",
            "initialization", "dropout", "parameters", "epochs", "batchSize", "loss", "optimizer", "learningRate",
            "schedule", "seed", "threads", "trainSeconds", "samplesPerSecond", "stopReason", "keptEpoch", "trainLoss",
            "testLoss", "testAccuracy", "bestTestAccuracy", "bestEpoch");
        summary.GetProperty("trainSamples").GetInt32().Should().Be(90);
        summary.GetProperty("validationSamples").GetInt32().Should().Be(0);
        summary.GetProperty("dropout").ValueKind.Should().Be(JsonValueKind.Null);
        summary.GetProperty("stopReason").ValueKind.Should().Be(JsonValueKind.Null);
        summary.GetProperty("keptEpoch").ValueKind.Should().Be(JsonValueKind.Null);
        summary.GetProperty("activation").GetString().Should().Be("relu");
        summary.GetProperty("outputActivation").GetString().Should().Be("identity");
        summary.GetProperty("initialization").GetString().Should().Be("default");
        summary.GetProperty("loss").GetString().Should().Be("cross-entropy");
        summary.GetProperty("learningRate").GetDouble().Should().Be(0.3);
        summary.GetProperty("schedule").GetString().Should().Be("cosine");
        summary.GetProperty("bestTestAccuracy").ValueKind.Should().Be(JsonValueKind.Null, "it was not asked for");
        summary.GetProperty("bestEpoch").ValueKind.Should().Be(JsonValueKind.Null);
        summary.GetProperty("dataset").GetString().Should().Be(Path.GetFileName(_folder.Path));
        summary.GetProperty("hidden").EnumerateArray().Select(size => size.GetInt32()).Should().Equal(5, 4);
        summary.GetProperty("parameters").GetInt64().Should().Be((13 * 5) + (6 * 4) + (5 * 3));
        summary.GetProperty("epochs").GetInt32().Should().Be(2);
        summary.GetProperty("batchSize").GetInt32().Should().Be(16);
        summary.GetProperty("optimizer").GetString().Should().Be("sgd");
        summary.GetProperty("seed").GetInt32().Should().Be(7);
        summary.GetProperty("threads").GetInt32().Should().Be(2);
        summary.GetProperty("trainSeconds").GetDouble().Should().BePositive();
        summary.GetProperty("samplesPerSecond").GetDouble().Should().BePositive();
        summary.GetProperty("trainLoss").GetDouble().Should().BePositive();
        summary.GetProperty("testLoss").GetDouble().Should().BePositive();
        summary.GetProperty("testAccuracy").GetDouble().Should().BeInRange(0, 1);
        _folder.Names.Should().NotContain(name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nowhere/summary.json")]
    [InlineData("file/summary.json")]
    [InlineData("folder")]
    [InlineData("folder/")]
    public async Task A_summary_that_cannot_be_written_is_found_out_before_training(string path)
    {
        TinyDataSet.Write(_folder.Path);
        File.WriteAllText(_folder["file"], "");
        Directory.CreateDirectory(_folder["folder"]);

        SampleRun run = await SampleRun.OfAsync("--data", _folder.Path, "--summary", _folder[path]);

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Output.Should().BeEmpty("nothing was read, nothing was trained");
        run.Error.Should().ContainSingle().Which.Should().Contain("--summary");
    }

    [Fact]
    public async Task Bad_data_are_one_line_and_exit_code_2()
    {
        TinyDataSet.Write(_folder.Path);
        File.WriteAllBytes(_folder[TinyDataSet.TestImages + ".gz"], [0x1F, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);

        SampleRun missing = await SampleRun.OfAsync("--data", _folder["nowhere"]);
        SampleRun damaged = await SampleRun.OfAsync("--data", _folder.Path);
        SampleRun named = await SampleRun.OfAsync([], cache: null, dataVariable: _folder["nowhere"]);

        foreach (SampleRun run in (SampleRun[])[missing, damaged, named])
        {
            run.ExitCode.Should().Be(ExitCode.BadInput);
            run.Output.Should().BeEmpty();
            run.Error.Should().ContainSingle();
        }

        named.Error[0].Should().StartWith("NEURALNET_MNIST: ");
    }

    [Fact]
    public async Task The_option_goes_before_the_variable_and_the_variable_before_the_cache()
    {
        foreach (string name in (string[])["option", "variable"])
        {
            Directory.CreateDirectory(_folder[name]);
            TinyDataSet.Write(_folder[name]);
        }

        SampleRun byOption = await SampleRun.OfAsync(
            ["--epochs", "1", "--data", _folder["option"]], cache: null, dataVariable: _folder["variable"]);
        SampleRun byVariable = await SampleRun.OfAsync(
            ["--epochs", "1"], cache: null, dataVariable: _folder["variable"]);

        byOption.Output[0].Should().StartWith("option: ");
        byVariable.Output[0].Should().StartWith("variable: ");
    }

    [Fact]
    public async Task Without_any_MNIST_the_digits_are_generated_and_every_result_says_so()
    {
        string path = _folder["summary.json"];
        using var mirrors = new FakeMirrors(_ => FakeMirrors.Content([1, 2, 3]));

        SampleRun run = await SampleRun.OfAsync(
            ["--epochs", "1", "--hidden", "16", "--summary", path], _folder["cache"], dataVariable: "", mirrors);

        run.ExitCode.Should().Be(ExitCode.Success);
        run.Output.Should().Contain(line =>
            line.StartsWith("MNIST cannot be downloaded (mirror.example: ", StringComparison.Ordinal)
            && line.Contains("ended after 3 of 9912422 bytes", StringComparison.Ordinal));
        Directory.Exists(_folder["cache"]).Should().BeFalse("what came was not MNIST");
        run.Output[^5].Should().StartWith("cross-entropy, adam");
        run.Output[^3].Should().Be("wrote " + path);
        run.Output.Except([run.Output[^3]]).TakeLast(3)
            .Should().OnlyContain(line => line.EndsWith(" on generated digits", StringComparison.Ordinal));
        run.Output[^1].Should().MatchRegex(@"^test accuracy \d\d\.\d\d % \(\d+ of 4000\) on generated digits$");
        File.ReadAllText(path).Should().Contain("\"dataset\": \"generated digits\"");
    }

    [Fact]
    public async Task Generated_digits_that_were_asked_for_need_no_excuse()
    {
        using var mirrors = new FakeMirrors(_ => FakeMirrors.NotFound());

        SampleRun run = await SampleRun.OfAsync(
            ["--generated", "--epochs", "1", "--hidden", "4"], cache: null, dataVariable: _folder["nowhere"], mirrors);

        run.ExitCode.Should().Be(ExitCode.Success);
        run.Output[0].Should().StartWith("generated digits: 20000 training and 4000 test samples");
        mirrors.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Diverging_training_is_one_line_and_exit_code_1()
    {
        TinyDataSet.Write(_folder.Path);

        SampleRun run = await SampleRun.OfAsync(
            "--data", _folder.Path, "--optimizer", "sgd", "--learning-rate", "1e30",
            "--summary", _folder["summary.json"]);

        run.ExitCode.Should().Be(ExitCode.TrainingFailed);
        run.Error.Should().ContainSingle().Which.Should().Contain("Training stopped");
        _folder.Names.Should().NotContain("summary.json");
    }

    [Fact]
    public async Task An_interrupted_run_reports_what_was_reached()
    {
        TinyDataSet.Write(_folder.Path);
        using var interruption = new CancellationTokenSource();
        string path = _folder["summary.json"];

        SampleRun run = await SampleRun.OfAsync(
            ["--data", _folder.Path, "--epochs", "2000000000", "--hidden", "4", "--summary", path],
            cache: null,
            onLine: line =>
            {
                if (line.StartsWith("epoch 3/", StringComparison.Ordinal))
                {
                    interruption.Cancel();
                }
            },
            cancellationToken: interruption.Token);

        run.ExitCode.Should().Be(ExitCode.Interrupted);
        run.Error.Should().BeEmpty();
        run.Output[^3].Should().Be("interrupted after epoch 3");
        run.Output[^1].Should().StartWith("test accuracy ");
        using var summary = JsonDocument.Parse(File.ReadAllBytes(path));
        summary.RootElement.GetProperty("epochs").GetInt32().Should().Be(3);
    }

    [Fact]
    public async Task A_run_interrupted_before_training_has_nothing_to_report()
    {
        TinyDataSet.Write(_folder.Path);

        SampleRun run = await SampleRun.OfAsync(
            ["--data", _folder.Path, "--summary", _folder["summary.json"]],
            cache: null,
            cancellationToken: new CancellationToken(canceled: true));

        run.ExitCode.Should().Be(ExitCode.Interrupted);
        run.Output.Should().NotContain(line => line.Contains("accuracy", StringComparison.Ordinal));
        run.Error.Should().ContainSingle();
        _folder.Names.Should().NotContain("summary.json");
    }
}
