using NeuralNet.Samples.Digits;

namespace NeuralNet.Samples.Tests;

/// <summary>
/// A wrong option of any sample: exit code 2, one line on the error output, and the nearest that exists.
/// </summary>
public class OptionErrorTests
{
    [Theory]
    [InlineData("--epoch 3", "There is no option '--epoch'. Did you mean '--epochs'? See --help.")]
    [InlineData("--Epochs 3", "There is no option '--Epochs'. Did you mean '--epochs'?")]
    [InlineData("--EPOCHS=3", "There is no option '--EPOCHS'. Did you mean '--epochs'?")]
    [InlineData("-epochs 3", "Did you mean '--epochs'?")]
    [InlineData("--eopchs 3", "Did you mean '--epochs'?")]
    [InlineData("--learning_rate 1", "Did you mean '--learning-rate'?")]
    [InlineData("--batch 3", "Did you mean '--batch-size'?")]
    [InlineData("--metrics m.csv", "Did you mean '--metrics-csv'?")]
    [InlineData("train --checkpoints d", "'train' has no option '--checkpoints'. Did you mean '--checkpoint'?")]
    [InlineData("predict --modle m image.png", "'predict' has no option '--modle'. Did you mean '--model'?")]
    [InlineData("evaluate --model m --epochs 3", "'evaluate' has no option '--epochs', which belongs to 'train'.")]
    [InlineData("--onnx m.onnx", "There is no option '--onnx', which belongs to 'export'.")]
    [InlineData("evalute --data d", "'evalute' is not understood here. Did you mean 'evaluate'?")]
    [InlineData("TRAIN", "Did you mean 'train'?")]
    [InlineData("epochs 3", "Did you mean '--epochs'?")]
    [InlineData("--optimizer Adam", "but it is 'Adam'. Did you mean 'adam'?")]
    [InlineData("--optimizer sdg", "Did you mean 'sgd'?")]
    [InlineData("--activation leaky_relu", "Did you mean 'leaky-relu'?")]
    [InlineData("--loss", "--loss")]
    [InlineData("--seed 99999999999", "--seed must be a whole number from -2147483648 to 2147483647")]
    [InlineData("--save a --save b", "--save")]
    [InlineData("--resume", "--checkpoint")]
    [InlineData("export --model m", "--onnx")]
    [InlineData("predict --model m", "IMAGE")]
    [InlineData("predict image.png", "--model")]
    [InlineData("evaluate", "--model")]
    public async Task Of_the_MNIST_sample(string arguments, string says)
    {
        SampleRun run = await SampleRun.OfAsync(Split(arguments));

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().ContainSingle().Which.Should().Contain(says);
    }

    [Fact]
    public async Task What_stands_behind_two_dashes_is_no_option()
    {
        SampleRun run = await SampleRun.OfAsync(Split("predict --model m.safetensors -- -photo.png"));

        run.ExitCode.Should().NotBe(ExitCode.Success);
        run.Error.Should().ContainSingle().Which.Should().Contain("m.safetensors").And.NotContain("no option");

        (await SampleRun.OfAsync(Split("predict --modle m -- -photo.png")))
            .Error.Should().ContainSingle().Which.Should().Contain("no option '--modle'");
    }

    [Theory]
    [InlineData("--Seed 3", "There is no option '--Seed'. Did you mean '--seed'? See --help.")]
    [InlineData("--epoch 3", "Did you mean '--epochs'?")]
    [InlineData("--taget x", "Did you mean '--target'?")]
    [InlineData("--epochs", "--epochs")]
    [InlineData("--epochs 1 --epochs 2", "--epochs")]
    [InlineData("--epochs 99999999999", "--epochs must be a whole number from 1 to 2147483647")]
    [InlineData("--frobnicate", "There is no option '--frobnicate'. See --help.")]
    public void Of_the_regression_sample(string arguments, string says)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        int exitCode = Regression.Program.Run(Split(arguments), output, error);

        exitCode.Should().Be(2);
        output.ToString().Should().BeEmpty();
        error.ToString().Trim().Should().Contain(says).And.NotContain("\n");
    }

    [Theory]
    [InlineData("--weights 1,1", "There is no option '--weights'. Did you mean '--weight'? See --help.")]
    [InlineData("--LEARNING-RATE 1", "Did you mean '--learning-rate'?")]
    [InlineData("--sed 1", "Did you mean '--seed'?")]
    [InlineData("--learning-rate 1e9", "--learning-rate must be a number above 0 and at most 1000, such as 0.5")]
    [InlineData("--seed 1 --seed 2", "--seed")]
    public void Of_the_chain_rule_sample(string arguments, string says)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        int exitCode = ChainRule.Program.Run(Split(arguments), new ChainRule.PlainPage(output), output, error);

        exitCode.Should().Be(2);
        output.ToString().Should().BeEmpty();
        error.ToString().Trim().Should().Contain(says).And.NotContain("\n");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    [InlineData("--epochs many --help")]
    [InlineData("predict --help")]
    [InlineData("export --frobnicate --help")]
    public async Task Help_is_shown_whatever_else_is_asked_for(string arguments)
    {
        SampleRun run = await SampleRun.OfAsync(Split(arguments));

        run.ExitCode.Should().Be(ExitCode.Success);
        run.Error.Should().BeEmpty();
        run.Output.Should().Contain("Usage:");
    }

    [Fact]
    public async Task The_help_tells_the_default_learning_rate_of_each_optimizer()
    {
        SampleRun run = await SampleRun.OfAsync("--help");

        run.Output.Should().Contain(line => line.Contains("0.003 for adam, 0.003 for adamw", StringComparison.Ordinal)
            && line.Contains("0.3 for sgd", StringComparison.Ordinal));
    }

    private static string[] Split(string arguments) => arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
