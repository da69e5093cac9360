using System.Text.Json.Nodes;
using NeuralNet.Activations;
using NeuralNet.Callbacks;
using NeuralNet.Checkpoints;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Safetensors;
using NeuralNet.Training;

namespace NeuralNet.Tests.Checkpoints;

/// <summary>
/// A checkpoint in which a field or a tensor was changed is damaged or of another training: said so, when it is read or
/// when the run goes on, before anything is changed.
/// </summary>
public sealed class TamperedCheckpointTests : IDisposable
{
    private const string Key = "neuralnet.checkpoint";

    private static readonly string[] _values =
    [
        "null", "true", "false", "{}", "[]", "[1]", "{\"a\":1}", "\"\"", "\"text\"", "\"NaN\"", "\"-Infinity\"",
        "\"1\"", "-1", "-0.5", "1e999", "-1e999", "1e300", "0.5", "2147483647", "2147483648", "9223372036854775807",
        "9223372036854775808", "1e-400",
    ];

    private readonly List<string> _accepted = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoints-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void Every_field_is_checked(int? interruption)
    {
        (IReadOnlyDictionary<string, NamedTensor<float>> tensors, JsonNode json) = ReadCheckpoint(interruption);
        List<string> paths = [];
        Visit(json, "$", paths);
        paths.Should().HaveCountGreaterThan(60);
        foreach (string path in paths.Where(path => interruption is not null || IsOfPosition(path)))
        {
            JsonNode removed = json.DeepClone();
            if (Remove(removed, path) && !path.Contains(".metrics.", StringComparison.Ordinal) && !IsOptional(path))
            {
                RequireRefused(tensors, removed, path + " removed");
            }

            foreach (string value in _values)
            {
                JsonNode changed = Changed(json, path, value);
                if (JsonNode.DeepEquals(changed, json))
                {
                    continue;
                }

                if (MayBe(path, value))
                {
                    // It is another possible training; to go on with it, or to refuse it, must not fail otherwise.
                    TryResume(tensors, changed, path + " = " + value);
                    continue;
                }

                RequireRefused(tensors, changed, path + " = " + value);
            }
        }

        _accepted.Should().BeEmpty();
    }

    [Fact]
    public void Every_tensor_is_checked()
    {
        (IReadOnlyDictionary<string, NamedTensor<float>> tensors, JsonNode json) = ReadCheckpoint(interruption: 3);
        tensors.Keys.Should().Contain(["dense1.weights", "optimizer/dense1.weights", "callback/0/dense1.weights"]);
        foreach ((string name, NamedTensor<float> tensor) in tensors)
        {
            RequireRefused(Without(name), json, name + " removed");
            RequireRefused(With(name, new(name, new float[tensor.Values.Length + 1], [tensor.Values.Length + 1])), json,
                name + " longer");
            RequireRefused(With(name, new(name, [], [0])), json, name + " empty");
            RequireRefused(
                With(name, new(name, tensor.Values, [1, .. tensor.Shape])), json, name + " in another shape");
            RequireRefused(With(name + "x", new(name + "x", [1], [1])), json, name + "x added");
            if (!name.Contains('/', StringComparison.Ordinal))
            {
                float[] values = [.. tensor.Values];
                values[^1] = float.NaN;
                RequireRefused(With(name, new(name, values, tensor.Shape)), json, name + " with NaN");
            }
        }

        foreach (string name in new[]
        {
            "other", "callback/", "callback/0", "callback/0/", "callback/-1/a", "callback/ 0/a", "callback/00/a",
            "callback/2/a", "callback/99999999999/a", "callback/x/a", "optimizer/", "optimizer/other",
            "callback/1/dense1.weights",
        })
        {
            RequireRefused(With(name, new(name, [1], [1])), json, name + " added");
        }

        // In the other precision.
        string path = Path.Combine(_folder, "double.safetensors");
        using (FileStream stream = File.Create(path))
        {
            TensorArchive.Write(
                stream,
                new Dictionary<string, string> { [Key] = json.ToJsonString() },
                [.. tensors.Values],
                TensorElementType.F64);
        }

        MakeTrainer().Invoking(t => t.ResumeFrom(path)).Should().Throw<InvalidDataException>();

        _accepted.Should().BeEmpty();

        Dictionary<string, NamedTensor<float>> Without(string name) =>
            tensors.Where(tensor => tensor.Key != name).ToDictionary();

        Dictionary<string, NamedTensor<float>> With(string name, NamedTensor<float> tensor) =>
            new(tensors) { [name] = tensor };
    }

    [Fact]
    public void Texts_that_logs_show_are_harmless()
    {
        (IReadOnlyDictionary<string, NamedTensor<float>> tensors, JsonNode json) = ReadCheckpoint(interruption: null);
        const string Hostile = "\u001b]0;x\u0007\r\nline";
        foreach (string name in new[] { Hostile, new string('m', 201), " " })
        {
            JsonNode changed = json.DeepClone();
            changed["run"]!["results"]![0]!["metrics"]![name] = 1;
            RequireRefused(tensors, changed, "metric");
            changed = json.DeepClone();
            changed["run"]!["results"]![0]!["validation"]!["metrics"]![name] = 1;
            RequireRefused(tensors, changed, "metric of validation");
        }

        _accepted.Should().BeEmpty();
        json["run"]!["stopReason"] = Hostile + new string('y', 100_000);
        json["run"]!["stoppedBy"] = Hostile + new string('z', 100_000);
        using var stream = new MemoryStream();
        TensorArchive.Write(
            stream, new Dictionary<string, string> { [Key] = json.ToJsonString() }, [.. tensors.Values]);
        stream.Position = 0;
        Trainer<float> trainer = MakeTrainer();
        CheckpointFile.Read(stream, "name", trainer.State, isNewRun: false);
        foreach (string? text in new[]
        {
            trainer.State.InterruptedRun!.StopReason, trainer.State.InterruptedRun.StoppedBy,
        })
        {
            text.Should().StartWith("�]0;x� line").And.HaveLength(1001);
        }
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\u001b[2J")]
    [InlineData(null)]
    public void A_metric_whose_name_no_checkpoint_may_hold_is_refused_before_training(string? name)
    {
        name ??= new string('m', 201);
        FluentActions.Invoking(() => MakeTrainer().Fit(
            ResumeTests.Data<float>(), new() { Epochs = 1, Metrics = [new RenamedAccuracy(name)] }))
            .Should().Throw<ArgumentException>().WithMessage("A metric is named *").Which.Message
            .Should().NotContain("\u001b").And.Match(message => message.Length < 400);
    }

    /// <summary>Whether a field says where the run was: those of a finished one are checked as well.</summary>
    private static bool IsOfPosition(string path) =>
        path.StartsWith("$.run.", StringComparison.Ordinal)
        && !path.Contains("settings", StringComparison.Ordinal)
        && !path.Contains("callbacks", StringComparison.Ordinal);

    /// <summary>Whether a field is of later versions of the format: files of before lack it.</summary>
    private static bool IsOptional(string path) => path is "$.run.epochTicks" or "$.run.ticks" or "$.run.stoppedBy";

    /// <summary>Whether a checkpoint of another training may hold that value in that place.</summary>
    private static bool MayBe(string path, string value)
    {
        bool isNumber = value is "1e300" or "0.5" or "1e-400" or "-0.5" or "-1" or "2147483647" or "2147483648"
            or "9223372036854775807" or "9223372036854775808";
        bool isNotNegative = isNumber && !value.StartsWith('-');
        bool isText = value.StartsWith('"');

        // Settings of any text are those of another training, and so are more of them.
        if (path.Contains(".settings", StringComparison.Ordinal))
        {
            return isText && !path.EndsWith(".settings", StringComparison.Ordinal);
        }

        if (IsOptional(path) && value == "null")
        {
            return true;
        }

        return path switch
        {
            "$.run.stoppedBy" => isText,
            "$.run.epochTicks" => value is "2147483647" or "2147483648",
            "$.format" => isNumber && value != "-1",
            "$.trainer.learningRateFactor" => isNotNegative,
            "$.run.stopReason" => isText && value != "\"\"",
            "$.run.lossSum" => isNumber,
            "$.run.learningRate" => isNotNegative || value == "\"NaN\"",

            // A trainer may have made any number of steps before the run.
            "$.trainer.steps" => value is "2147483647" or "2147483648",
            _ when path.EndsWith(".samples", StringComparison.Ordinal) && path.Contains(".results[") =>
                value is "2147483647" or "2147483648",
            _ when path.EndsWith(".ticks", StringComparison.Ordinal) => value is "2147483647" or "2147483648",
            _ when path.EndsWith(".learningRate", StringComparison.Ordinal) => isNotNegative || value == "\"NaN\"",
            _ when path.EndsWith(".validation", StringComparison.Ordinal) => value == "null",
            _ when path.EndsWith(".metrics", StringComparison.Ordinal) => value is "{}" or "{\"a\":1}",
            _ when path.EndsWith(".numbers", StringComparison.Ordinal) => false,
            _ when path.EndsWith(".best", StringComparison.Ordinal) || path.EndsWith(".loss", StringComparison.Ordinal)
                || path.Contains(".metrics.", StringComparison.Ordinal) =>
                isNumber || value is "\"NaN\"" or "\"-Infinity\"",
            _ when path.EndsWith(".waited", StringComparison.Ordinal)
                || path.EndsWith(".cooling", StringComparison.Ordinal) => value is "2147483647" or "1e-400",
            _ => false,
        };
    }

    private void RequireRefused(
        IReadOnlyDictionary<string, NamedTensor<float>> tensors, JsonNode json, string what)
    {
        if (TryResume(tensors, json, what))
        {
            _accepted.Add(what);
        }
    }

    /// <summary>Resumes a run; false if it was refused, and everything is as it was then.</summary>
    private bool TryResume(IReadOnlyDictionary<string, NamedTensor<float>> tensors, JsonNode json, string what)
    {
        const string Name = "tampered.safetensors";
        string log = Path.Combine(_folder, "log.csv");
        using var stream = new MemoryStream();
        TensorArchive.Write(
            stream, new Dictionary<string, string> { [Key] = json.ToJsonString() }, [.. tensors.Values]);
        stream.Position = 0;
        File.WriteAllText(log, "before");
        Trainer<float> trainer = MakeTrainer();
        float[] parameters = ResumeTests.Parameters(trainer.Network);
        bool isRead = false;
        try
        {
            // What ResumeFrom does with the file it has opened.
            CheckpointFile.Read(stream, Name, trainer.State, isNewRun: false);
            isRead = true;
            trainer.Fit(ResumeTests.Data<float>(), Options(new CsvLog<float>(log)), new(canceled: true));
            return true;
        }
        catch (Exception exception) when (exception is InvalidDataException or CheckpointMismatchException)
        {
            bool isAsBefore = isRead
                ? File.ReadAllText(log) == "before" && trainer.State.InterruptedRun is not null
                : exception.Message.Contains(Name, StringComparison.Ordinal)
                    && ResumeTests.Parameters(trainer.Network).AsSpan().SequenceEqual(parameters)
                    && trainer.State.InterruptedRun is null;
            isAsBefore.Should().BeTrue(what);
            return false;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(what, exception);
        }
    }

    /// <summary>A metric of any name.</summary>
    private (IReadOnlyDictionary<string, NamedTensor<float>> Tensors, JsonNode Json) ReadCheckpoint(int? interruption)
    {
        using var cancel = new CancellationTokenSource();
        string run = Path.Combine(_folder, "run");
        ITrainingCallback<float>[] callbacks = [new Checkpointing<float>(run)];
        if (interruption is { } batches)
        {
            callbacks = [.. callbacks, new ResumeTests.StopAfter<float>(5 + batches, cancel)];
        }

        MakeTrainer().Fit(ResumeTests.Data<float>(), Options(callbacks), cancel.Token);
        using FileStream stream = File.OpenRead(CheckpointFolder.NewestFirst(run)[0]);
        var source = new TensorSource(stream, "whole");
        JsonNode json = JsonNode.Parse(source.Header.Metadata[Key])!;
        return (TensorArchive.Read<float>(source), json);
    }

    private static FitOptions<float> Options(params ITrainingCallback<float>[] more) => new()
    {
        Epochs = 2,
        BatchSize = 10,
        Validation = ResumeTests.Data<float>(),
        Metrics = [new Accuracy()],
        Callbacks = [new EarlyStopping<float>(), new ReduceOnPlateau<float>(), .. more],
    };

    private static Trainer<float> MakeTrainer() => new(
        Network.Create<float>(6, seed: 1).Dense(3, new Tanh()).BatchNormalization().Dense(10).Build(),
        new SoftmaxCrossEntropy(),
        new Adam(),
        threads: 1);

    /// <summary>Lists the paths of all values, such as <c>$.run.results[0].loss</c>.</summary>
    private static void Visit(JsonNode? node, string path, List<string> paths)
    {
        paths.Add(path);
        if (node is JsonObject members)
        {
            foreach ((string name, JsonNode? value) in members)
            {
                Visit(value, $"{path}.{name}", paths);
            }
        }
        else if (node is JsonArray elements)
        {
            for (int i = 0; i < elements.Count; i++)
            {
                Visit(elements[i], $"{path}[{i}]", paths);
            }
        }
    }

    private static JsonNode Changed(JsonNode json, string path, string value)
    {
        JsonNode? parsed = JsonNode.Parse(value);
        if (path == "$")
        {
            return parsed ?? new JsonObject();
        }

        JsonNode changed = json.DeepClone();
        (JsonNode parent, string? name, int index) = Parent(changed, path);
        if (name is not null)
        {
            parent[name] = parsed;
        }
        else
        {
            parent[index] = parsed;
        }

        return changed;
    }

    private static bool Remove(JsonNode json, string path)
    {
        if (path == "$")
        {
            return false;
        }

        (JsonNode parent, string? name, int index) = Parent(json, path);
        if (name is not null)
        {
            return parent.AsObject().Remove(name);
        }

        parent.AsArray().RemoveAt(index);
        return true;
    }

    /// <summary>Walks again, as the names of parameters hold dots.</summary>
    private static (JsonNode Parent, string? Name, int Index) Parent(JsonNode node, string path, string at = "$")
    {
        if (node is JsonObject members)
        {
            foreach ((string name, JsonNode? value) in members)
            {
                string here = $"{at}.{name}";
                if (here == path)
                {
                    return (node, name, 0);
                }

                if (value is not null && path.StartsWith(here, StringComparison.Ordinal)
                    && path[here.Length] is '.' or '[' && value is JsonObject or JsonArray)
                {
                    return Parent(value, path, here);
                }
            }
        }
        else if (node is JsonArray elements)
        {
            for (int i = 0; i < elements.Count; i++)
            {
                string here = $"{at}[{i}]";
                if (here == path)
                {
                    return (node, null, i);
                }

                if (path.StartsWith(here + ".", StringComparison.Ordinal))
                {
                    return Parent(elements[i]!, path, here);
                }
            }
        }

        throw new InvalidOperationException(path);
    }
}
