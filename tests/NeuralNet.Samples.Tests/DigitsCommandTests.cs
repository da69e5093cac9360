using System.CommandLine;
using NeuralNet.Samples.Digits;

namespace NeuralNet.Samples.Tests;

public class DigitsCommandTests
{
    [Fact]
    public void Without_arguments_every_option_has_its_default() =>
        Parse("").Should().BeEquivalentTo(new TrainOptions
        {
            Network = "dense",
            Hidden = [128],
            Activation = "relu",
            OutputActivation = "identity",
            Initialization = "default",
            Epochs = 5,
            BatchSize = 64,
            Optimizer = "adam",
            LearningRate = 0.003,
            Schedule = "cosine",
            Loss = "cross-entropy",
            Seed = 42,
            Threads = Environment.ProcessorCount,
        });

    [Fact]
    public void Every_option_is_read() =>
        Parse("--data d --hidden 512,256 --activation leaky-relu --epochs 3 --batch-size 16 --optimizer sgd "
            + "--learning-rate 0.5 --schedule constant --loss mse --seed -7 --threads 3 --save n.safetensors --summary "
            + "s.json --output-activation tanh --init normal --train-samples 500 --test-every-epoch "
            + "--validation-samples 50 --dropout 0.25 --early-stopping 4 --metrics-csv m.csv --report r.html")
            .Should().BeEquivalentTo(new TrainOptions
            {
                Source = new() { Folder = "d" },
                TrainSamples = 500,
                ValidationSamples = 50,
                Network = "dense",
                Hidden = [512, 256],
                Activation = "leaky-relu",
                OutputActivation = "tanh",
                Initialization = "normal",
                Dropout = 0.25,
                EarlyStopping = 4,
                Epochs = 3,
                BatchSize = 16,
                Optimizer = "sgd",
                LearningRate = 0.5,
                Schedule = "constant",
                Loss = "mse",
                Seed = -7,
                Threads = 3,
                TestEveryEpoch = true,
                Save = "n.safetensors",
                Summary = "s.json",
                MetricsCsv = "m.csv",
                Report = "r.html",
            });

    [Fact]
    public void Digits_are_generated_on_demand() => Parse("--generated").Source.Generated.Should().BeTrue();

    [Fact]
    public void Each_optimizer_has_its_own_learning_rate_unless_one_is_given()
    {
        Parse("--optimizer sgd").LearningRate.Should().Be(0.3);
        Parse("--optimizer sgd --learning-rate 1e-2").LearningRate.Should().Be(0.01);
    }

    [Fact]
    public void Training_may_be_named_or_not() =>
        Parse("train --epochs 3 --seed 5").Should().BeEquivalentTo(Parse("--epochs 3 --seed 5"));

    [Fact]
    public void Each_loss_has_the_output_activation_it_takes_unless_one_is_given()
    {
        Parse("--loss sigmoid-cross-entropy").OutputActivation.Should().Be("identity");
        Parse("--loss binary-cross-entropy").OutputActivation.Should().Be("sigmoid");
        Parse("--loss mse").OutputActivation.Should().Be("sigmoid");
        Parse("--loss mse --output-activation identity").OutputActivation.Should().Be("identity");
    }

    [Theory]
    [InlineData("--epochs 0", "--epochs")]
    [InlineData("--epochs many", "--epochs")]
    [InlineData("--epochs", "--epochs")]
    [InlineData("--epochs 99999999999", "--epochs")]
    [InlineData("--epochs 1 --epochs 2", "--epochs")]
    [InlineData("--batch-size -1", "--batch-size")]
    [InlineData("--threads 0", "--threads")]
    [InlineData("--threads 2000000000", "--threads")]
    [InlineData("--seed 1.5", "--seed")]
    [InlineData("--hidden 0", "--hidden")]
    [InlineData("--hidden 128,", "--hidden")]
    [InlineData("--hidden 128,-1", "--hidden")]
    [InlineData("--hidden 1000000", "--hidden")]
    [InlineData("--learning-rate 0", "--learning-rate")]
    [InlineData("--learning-rate NaN", "--learning-rate")]
    [InlineData("--learning-rate infinity", "--learning-rate")]
    [InlineData("--activation step", "--activation")]
    [InlineData("--optimizer lbfgs", "--optimizer")]
    [InlineData("--loss hinge", "--loss")]
    [InlineData("--init zeros", "--init")]
    [InlineData("--output-activation step", "--output-activation")]
    [InlineData("--train-samples 0", "--train-samples")]
    [InlineData("--train-samples some", "--train-samples")]
    [InlineData("--output-activation sigmoid --loss sigmoid-cross-entropy", "binary-cross-entropy, mse")]
    [InlineData("--output-activation softmax --loss cross-entropy", "takes logits")]
    [InlineData("--output-activation tanh --loss binary-cross-entropy", "takes probabilities")]
    [InlineData("--dropout 1", "--dropout")]
    [InlineData("--dropout 0", "--dropout")]
    [InlineData("--dropout NaN", "--dropout")]
    [InlineData("--early-stopping 0", "--early-stopping")]
    [InlineData("--validation-samples -1", "--validation-samples")]
    [InlineData("--frobnicate", "--frobnicate")]
    [InlineData("stray", "stray")]
    [InlineData("--data d --generated", "--generated")]
    public async Task A_bad_option_is_one_line_that_names_it(string arguments, string named)
    {
        SampleRun run = await SampleRun.OfAsync(Split(arguments));

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Output.Should().BeEmpty();
        run.Error.Should().ContainSingle().Which.Should().Contain(named);
    }

    [Fact]
    public async Task Help_names_every_option()
    {
        SampleRun run = await SampleRun.OfAsync("--help");

        run.ExitCode.Should().Be(ExitCode.Success);
        run.Error.Should().BeEmpty();
        var root = new DigitsCommand();
        foreach (string name
            in (string[])[.. root.Options.Select(o => o.Name), .. root.Subcommands.Select(c => c.Name)])
        {
            run.Output.Should().Contain(line => line.Contains(name, StringComparison.Ordinal));
        }

        foreach (Command command in root.Subcommands)
        {
            SampleRun help = await SampleRun.OfAsync(command.Name, "--help");
            help.ExitCode.Should().Be(ExitCode.Success);
            help.Output.Should().Contain("  " + command.Description);
            foreach (Option option in command.Options)
            {
                help.Output.Should().Contain(line => line.Contains(option.Name, StringComparison.Ordinal));
            }
        }
    }

    private static TrainOptions Parse(string arguments)
    {
        var command = new DigitsCommand();
        ParseResult result = command.Parse(Split(arguments));
        result.Errors.Should().BeEmpty();
        return command.BindTraining(result);
    }

    private static string[] Split(string arguments) => arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
