using NeuralNet.Networks;
using NeuralNet.Serialization;

namespace NeuralNet.Extensions.DependencyInjection.Tests;

public sealed class ReloadTests : IDisposable
{
    private readonly Stage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public void A_file_that_does_not_change_is_loaded_once()
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1);
        LoadedModel<Network<float>> loaded = provider.Loaded;

        _stage.Time.Advance(100 * Stage.Interval);

        provider.Loaded.Should().BeSameAs(loaded);
        loaded.Version.Should().Be(1);
        loaded.Path.Should().Be(_stage.ModelPath);
        Stage.Outputs(loaded.Model).Should().Equal(Stage.Outputs(Stage.Network(seed: 1)));
        provider.LastError.Should().BeNull();
    }

    [Fact]
    public void A_new_file_takes_the_place_of_the_old_and_leaves_a_request_under_way_alone()
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1);
        Network<float> underWay = provider.Current;

        Stage.Network(seed: 2).Save(_stage.ModelPath);
        _stage.LetBeSeen();

        Stage.Outputs(provider.Current).Should().Equal(Stage.Outputs(Stage.Network(seed: 2)));
        Stage.Outputs(underWay).Should().Equal(Stage.Outputs(Stage.Network(seed: 1)));
        provider.Loaded.Version.Should().Be(2);
        provider.Loaded.LoadedAt.Should().Be(_stage.Time.GetUtcNow());
    }

    [Fact]
    public void A_file_is_read_only_when_it_was_found_the_same_twice()
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1);
        byte[] arriving = Stage.Bytes(Stage.Network(seed: 2));

        // Ever more of it is there at every look; none of these halves may even be tried.
        using (FileStream file = new(_stage.ModelPath, FileMode.Create, FileAccess.Write, FileShare.ReadWrite))
        {
            foreach (byte[] piece in arriving.Chunk(50))
            {
                file.Write(piece);
                file.Flush();
                _stage.Time.Advance(Stage.Interval);
            }
        }

        provider.Loaded.Version.Should().Be(1);
        provider.LastError.Should().BeNull();

        _stage.LetBeSeen();
        provider.Loaded.Version.Should().Be(2);
        _stage.Errors.Should().BeEmpty();
    }

    [Fact]
    public void Half_a_file_is_refused_wherever_it_ends()
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1);
        byte[] whole = Stage.Bytes(Stage.Network(seed: 2));
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_stage.ModelPath, whole[..length]);
            provider.Reload().Should().BeFalse($"{length} of {whole.Length} bytes are no model");
            provider.LastError!.Message.Should().Contain("digits").And.Contain(_stage.ModelPath)
                .And.Contain("Version 1 stays in use");
        }

        Stage.Outputs(provider.Current).Should().Equal(Stage.Outputs(Stage.Network(seed: 1)));
        File.WriteAllBytes(_stage.ModelPath, whole);
        provider.Reload().Should().BeTrue();
        provider.LastError.Should().BeNull();
        provider.Loaded.Version.Should().Be(2);
    }

    [Fact]
    public void A_damaged_file_is_refused_once_and_forgotten_when_a_good_one_comes()
    {
        int reads = 0;
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1, options => options.Load = stream =>
        {
            reads++;
            return Network.Load<float>(stream);
        });
        LoadedModel<Network<float>> loaded = provider.Loaded;

        File.WriteAllText(_stage.ModelPath, "this is no model, but it is long enough to be taken for one");
        _stage.Time.Advance(20 * Stage.Interval);

        provider.Loaded.Should().BeSameAs(loaded);
        provider.LastError!.InnerException.Should().BeOfType<InvalidDataException>();
        reads.Should().Be(2, "what the file holds does not become better by reading it again");
        _stage.Errors.Should().ContainSingle().Which.Should().Be(provider.LastError.Message);

        Stage.Network(seed: 3).Save(_stage.ModelPath);
        _stage.LetBeSeen();

        Stage.Outputs(provider.Current).Should().Equal(Stage.Outputs(Stage.Network(seed: 3)));
        provider.LastError.Should().BeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_network_whose_parameters_are_not_finite_is_refused_however_it_is_loaded(bool ownLoad)
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1, options =>
        {
            if (ownLoad)
            {
                options.Load = stream => Networks.Network.Load<float>(stream, allowNonFinite: true);
            }
        });
        Network<float> diverged = Stage.Network(seed: 2);
        diverged.Parameters[1].Values[4] = float.NaN;
        diverged.Save(_stage.ModelPath);
        _stage.LetBeSeen();

        provider.Loaded.Version.Should().Be(1);
        Stage.Outputs(provider.Current).Should().Equal(Stage.Outputs(Stage.Network(seed: 1)));
        provider.LastError!.Message.Should().Contain("predicts nothing: dense1.biases (5) is NaN in row 4");
        _stage.Errors.Should().ContainSingle().Which.Should().Contain("Version 1 stays in use");

        Stage.Network(seed: 3).Save(_stage.ModelPath);
        _stage.LetBeSeen();
        provider.Loaded.Version.Should().Be(2);
    }

    [Fact]
    public void A_file_that_is_written_to_while_it_is_read_is_read_again()
    {
        bool disturb = false;
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1, options => options.Load = stream =>
        {
            Network<float> network = Network.Load<float>(stream);
            if (disturb)
            {
                // The same length: only the time of writing tells.
                using FileStream file = new(_stage.ModelPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                file.Write(Stage.Bytes(Stage.Network(seed: 3)));
                file.Flush();
                File.SetLastWriteTimeUtc(file.SafeFileHandle, DateTime.UtcNow.AddSeconds(5));
                disturb = false;
            }

            return network;
        });
        Stage.Network(seed: 2).Save(_stage.ModelPath);
        disturb = true;

        _stage.LetBeSeen();
        provider.Loaded.Version.Should().Be(1);
        provider.LastError!.Message.Should().Contain("written to while it was read");

        _stage.LetBeSeen();
        provider.Loaded.Version.Should().Be(2);
        Stage.Outputs(provider.Current).Should().Equal(Stage.Outputs(Stage.Network(seed: 3)));
        provider.LastError.Should().BeNull();
    }

    [Theory]
    [InlineData(4, 2, "4 inputs, but the network in use has 3")]
    [InlineData(3, 1, "1 outputs, but the network in use has 2")]
    public void Another_shape_is_refused(int inputs, int outputs, string reason)
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1);

        Stage.Network(seed: 2, inputs, outputs).Save(_stage.ModelPath);
        _stage.LetBeSeen();

        provider.Loaded.Version.Should().Be(1);
        provider.LastError!.Message.Should().Contain(reason).And.Contain("AllowShapeChange");
    }

    [Fact]
    public void Another_shape_is_taken_where_that_is_allowed()
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1, options => options.AllowShapeChange = true);

        Stage.Network(seed: 2, inputs: 4, outputs: 1).Save(_stage.ModelPath);
        _stage.LetBeSeen();

        provider.Current.InputSize.Should().Be(4);
    }

    [Fact]
    public void An_expected_size_holds_even_where_shapes_may_change()
    {
        IModelProvider<Network<float>> provider = _stage.Start(
            seed: 1, options => (options.AllowShapeChange, options.OutputSize) = (true, 2));

        Stage.Network(seed: 2, inputs: 4, outputs: 1).Save(_stage.ModelPath);
        _stage.LetBeSeen();
        provider.LastError!.Message.Should().Contain("it has 1 outputs, but 2 are expected");

        Stage.Network(seed: 2, inputs: 4, outputs: 2).Save(_stage.ModelPath);
        _stage.LetBeSeen();
        provider.Current.InputSize.Should().Be(4);
    }

    [Fact]
    public void A_network_that_the_check_refuses_is_never_seen()
    {
        IModelProvider<Network<float>>? provider = null;
        provider = _stage.Start(seed: 1, options => options.Check = candidate =>
        {
            provider?.Current.Should().NotBeSameAs(candidate);
            if (candidate.Seed == 2)
            {
                throw new ArithmeticException("it takes a 7 for a 1");
            }
        });

        Stage.Network(seed: 2).Save(_stage.ModelPath);
        _stage.LetBeSeen();
        provider.Current.Seed.Should().Be(1);
        provider.LastError!.Message.Should().Contain("it takes a 7 for a 1");

        Stage.Network(seed: 3).Save(_stage.ModelPath);
        _stage.LetBeSeen();
        provider.Current.Seed.Should().Be(3);
    }

    [Fact]
    public void A_file_that_is_gone_is_told_once_and_awaited()
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1);
        string aside = _stage.ModelPath + ".aside";

        File.Move(_stage.ModelPath, aside);
        _stage.Time.Advance(10 * Stage.Interval);
        provider.LastError!.InnerException.Should().BeOfType<FileNotFoundException>();
        provider.Current.Seed.Should().Be(1);
        _stage.Errors.Should().ContainSingle();

        // The same file comes back: there is nothing to load, but all is well again.
        File.Move(aside, _stage.ModelPath);
        _stage.LetBeSeen();
        provider.LastError.Should().BeNull();
        provider.Loaded.Version.Should().Be(1);

        File.Delete(_stage.ModelPath);
        Stage.Network(seed: 2).Save(_stage.ModelPath);
        _stage.LetBeSeen();
        provider.Current.Seed.Should().Be(2);
    }

    [Fact]
    public void A_folder_in_its_place_is_refused_and_awaited()
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1);

        File.Delete(_stage.ModelPath);
        Directory.CreateDirectory(_stage.ModelPath);
        _stage.LetBeSeen();
        provider.LastError.Should().NotBeNull();
        provider.Current.Seed.Should().Be(1);

        Directory.Delete(_stage.ModelPath);
        Stage.Network(seed: 2).Save(_stage.ModelPath);
        _stage.LetBeSeen();
        provider.Current.Seed.Should().Be(2);
    }

    [Fact]
    public void A_ConfigMap_is_followed_through_its_links()
    {
        // What Kubernetes does: model.safetensors → ..data/model.safetensors, ..data → a folder of a date. It exchanges
        // ..data by a rename, which .NET has not for links to folders; here nobody looks between the two steps.
        string first = Directory.CreateDirectory(Path.Combine(_stage.Folder, "..2026_01_01")).FullName;
        string second = Directory.CreateDirectory(Path.Combine(_stage.Folder, "..2026_01_02")).FullName;
        Stage.Network(seed: 1).Save(Path.Combine(first, "model.safetensors"));
        Stage.Network(seed: 2).Save(Path.Combine(second, "model.safetensors"));
        string data = Path.Combine(_stage.Folder, "..data");
        Directory.CreateSymbolicLink(data, "..2026_01_01");
        File.CreateSymbolicLink(_stage.ModelPath, Path.Combine("..data", "model.safetensors"));
        IModelProvider<Network<float>> provider = _stage.Start();
        provider.Current.Seed.Should().Be(1);

        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, "..2026_01_02");
        Directory.Delete(first, recursive: true);
        _stage.LetBeSeen();

        provider.Current.Seed.Should().Be(2);
    }

    [Fact]
    public void An_older_file_is_a_new_file_too()
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1);

        Stage.Network(seed: 2).Save(_stage.ModelPath);
        File.SetLastWriteTimeUtc(_stage.ModelPath, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        _stage.LetBeSeen();

        provider.Current.Seed.Should().Be(2);
    }

    [Fact]
    public void A_file_with_the_length_and_the_time_of_the_old_is_a_new_file_too()
    {
        DateTime time = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Stage.Network(seed: 1).Save(_stage.ModelPath);
        File.SetLastWriteTimeUtc(_stage.ModelPath, time);
        IModelProvider<Network<float>> provider = _stage.Start();
        long length = new FileInfo(_stage.ModelPath).Length;

        string other = Path.Combine(_stage.Folder, "other");
        Stage.Network(seed: 2).Save(other);
        File.SetLastWriteTimeUtc(other, time);
        new FileInfo(other).Length.Should().Be(length);
        File.Move(other, _stage.ModelPath, overwrite: true);
        _stage.LetBeSeen();

        provider.Current.Seed.Should().Be(2);
    }

    [Fact]
    public void Of_a_large_file_with_the_length_and_the_time_of_the_old_the_end_tells()
    {
        // As after some more training of one network: beginning, length and, where it is restored, time are the same.
        Network<float> network = Network.Create<float>(300, seed: 1).Dense(100).Dense(2).Build();
        DateTime time = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        network.Save(_stage.ModelPath);
        File.SetLastWriteTimeUtc(_stage.ModelPath, time);
        IModelProvider<Network<float>> provider = _stage.Start();

        network.Parameters[^1].Values[0] = 7;
        string other = Path.Combine(_stage.Folder, "other");
        network.Save(other);
        File.SetLastWriteTimeUtc(other, time);
        File.Move(other, _stage.ModelPath, overwrite: true);
        _stage.LetBeSeen();

        provider.Current.Parameters[^1].Values[0].Should().Be(7);
    }

    [Fact]
    public void Without_ReloadOnChange_a_new_file_is_read_only_when_asked_for()
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1, options => options.ReloadOnChange = false);
        Stage.Network(seed: 2).Save(_stage.ModelPath);

        _stage.Time.Timers.Should().Be(0);
        _stage.Time.Advance(100 * Stage.Interval);
        provider.Current.Seed.Should().Be(1);

        provider.Reload().Should().BeTrue();
        provider.Current.Seed.Should().Be(2);
    }

    [Fact]
    public void Nothing_is_loaded_after_the_end()
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1);
        Network<float> network = provider.Current;
        _stage.Stop();
        provider.Current.Should().BeSameAs(network, "a request under way is not dropped");
        provider.Invoking(p => p.Reload()).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void A_load_of_ones_own_that_gives_nothing_is_refused_and_one_that_closes_the_file_is_not()
    {
        Func<Stream, Network<float>> load = stream => Networks.Network.Load<float>(stream);
        IModelProvider<Network<float>> provider =
            _stage.Start(seed: 1, options => options.Load = stream => load(stream));
        load = _ => null!;
        provider.Reload().Should().BeFalse();
        provider.LastError!.Message.Should().Contain("Load gave null").And.Contain("Version 1 stays in use");
        load = stream =>
        {
            using (stream)
            {
                return Networks.Network.Load<float>(stream);
            }
        };
        provider.Reload().Should().BeTrue();
        provider.Loaded.Version.Should().Be(2);
        provider.LastError.Should().BeNull();
    }

    [Fact]
    public void An_error_that_one_raises_says_what_it_was_given()
    {
        var inner = new IOException("gone");
        new ModelLoadException().Message.Should().Be("The model was not loaded.");
        new ModelLoadException("why").Message.Should().Be("why");
        new ModelLoadException("why", inner).InnerException.Should().BeSameAs(inner);
    }

    [Fact]
    public void The_end_of_the_services_is_the_end_of_looking()
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1);
        _stage.Time.Timers.Should().Be(1);

        _stage.Stop();

        _stage.Time.Timers.Should().Be(0);
        Stage.Network(seed: 2).Save(_stage.ModelPath);
        _stage.LetBeSeen();
        provider.Current.Seed.Should().Be(1, "a request that still runs may end");
        FluentActions.Invoking(provider.Reload).Should().Throw<ObjectDisposedException>();
        ((IDisposable)provider).Dispose();
    }

    [Fact]
    public async Task Who_predicts_while_networks_change_gets_the_bits_of_one_of_them()
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 0);
        float[][] expected = [.. Enumerable.Range(0, 2).Select(seed => Stage.Outputs(Stage.Network(seed)))];
        using var end = new CancellationTokenSource();
        long predictions = 0;
        Task[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            long version = 0;
            while (!end.IsCancellationRequested)
            {
                LoadedModel<Network<float>> loaded = provider.Loaded;
                Stage.Outputs(loaded.Model).Should().Equal(expected[loaded.Model.Seed]);
                loaded.Version.Should().BeGreaterThanOrEqualTo(version);
                version = loaded.Version;
                Interlocked.Increment(ref predictions);
            }
        }))];

        for (int i = 1; i <= 100; i++)
        {
            Stage.Network(seed: i % 2).Save(_stage.ModelPath);
            provider.Reload().Should().BeTrue();
            File.WriteAllText(_stage.ModelPath, "no model");
            provider.Reload().Should().BeFalse();
        }

        SpinWait.SpinUntil(() => Interlocked.Read(ref predictions) > 100, TimeSpan.FromSeconds(30)).Should().BeTrue();
        await end.CancelAsync();
        await Task.WhenAll(readers);
        provider.Loaded.Version.Should().Be(101);
    }

    [Fact]
    public void A_network_that_was_replaced_is_let_go()
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1);
        WeakReference first = Reference(provider);

        Stage.Network(seed: 2).Save(_stage.ModelPath);
        provider.Reload().Should().BeTrue();

        GC.Collect();
        first.IsAlive.Should().BeFalse();
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference Reference(IModelProvider<Network<float>> provider) => new(provider.Current);
}
