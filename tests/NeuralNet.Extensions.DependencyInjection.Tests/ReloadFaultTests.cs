using System.Diagnostics;
using System.Net.Sockets;
using NeuralNet.Networks;
using NeuralNet.Serialization;

namespace NeuralNet.Extensions.DependencyInjection.Tests;

/// <summary>
/// Whatever a file, a log, a load or a check does: the host lives, the model in use stays, the reason is told, and a
/// good file is taken afterwards.
/// </summary>
public sealed class ReloadFaultTests : IDisposable
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    private readonly Stage _stage = new();

    /// <summary>Exceptions of all kinds, of which some are worse than what they tell.</summary>
    public static TheoryData<string> Exceptions { get; } =
        new("own", "silent", "memory", "cancelled", "disposed", "null", "aggregate", "timeout");

    public void Dispose() => _stage.Dispose();

    [Theory]
    [InlineData("pipe")]
    [InlineData("socket")]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    [InlineData("/dev/tty")]
    [InlineData("folder")]
    [InlineData("loop")]
    [InlineData("dangling")]
    [InlineData("empty")]
    public async Task What_is_no_file_with_contents_is_refused_at_once(string what)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        IModelProvider<Network<float>> provider = _stage.Start(seed: 1);
        File.Delete(_stage.ModelPath);
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        switch (what)
        {
            case "pipe":
                using (Process make = Process.Start("mkfifo", _stage.ModelPath))
                {
                    await make.WaitForExitAsync();
                }

                break;
            case "socket":
                socket.Bind(new UnixDomainSocketEndPoint(_stage.ModelPath));
                break;
            case "folder":
                Directory.CreateDirectory(_stage.ModelPath);
                break;
            case "empty":
                await File.WriteAllBytesAsync(_stage.ModelPath, []);
                break;
            case "loop":
                File.CreateSymbolicLink(_stage.ModelPath, _stage.ModelPath);
                break;
            default:
                File.CreateSymbolicLink(_stage.ModelPath, what);
                break;
        }

        Task looks = Task.Run(() =>
        {
            _stage.Time.Advance(10 * Stage.Interval);
            provider.Reload().Should().BeFalse();
        });
        await looks.WaitAsync(_longest);

        RequireFirst(provider);
        _stage.Errors.Should().ContainSingle().Which.Should().Be(provider.LastError!.Message);
        if (what == "folder")
        {
            Directory.Delete(_stage.ModelPath);
        }
        else
        {
            File.Delete(_stage.ModelPath);
        }

        RequireNext(provider);
        await Task.Run(_stage.Stop).WaitAsync(_longest);
    }

    [Fact]
    public void A_file_that_a_writer_has_emptied_at_one_look_is_not_told_before_the_next()
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1);
        File.WriteAllBytes(_stage.ModelPath, []);
        _stage.Time.Advance(Stage.Interval);
        provider.LastError.Should().BeNull();
        _stage.Errors.Should().BeEmpty();

        _stage.Time.Advance(Stage.Interval);
        provider.LastError!.Message.Should().Contain("it is empty");
        _stage.Errors.Should().ContainSingle();
        RequireFirst(provider);
        RequireNext(provider);
    }

    [Fact]
    public void A_file_that_must_not_be_read_is_told_once_and_awaited()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            return;
        }

        IModelProvider<Network<float>> provider = _stage.Start(seed: 1);
        File.SetUnixFileMode(_stage.ModelPath, UnixFileMode.None);
        _stage.Time.Advance(10 * Stage.Interval);

        RequireFirst(provider);
        _stage.Errors.Should().ContainSingle();
        RequireNext(provider);
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void A_check_may_throw_what_it_likes(string what)
    {
        bool fails = false;
        IModelProvider<Network<float>> provider =
            _stage.Start(seed: 1, options => options.Check = _ => ThrowIf(fails, what));
        fails = true;
        Stage.Network(seed: 2).Save(_stage.ModelPath);
        _stage.Time.Advance(10 * Stage.Interval);
        provider.Reload().Should().BeFalse();

        RequireFirst(provider);
        _stage.Errors.Should().Contain(provider.LastError!.Message);
        fails = false;
        RequireNext(provider);
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void A_load_may_throw_what_it_likes(string what)
    {
        bool fails = false;
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1, options => options.Load = stream =>
        {
            ThrowIf(fails, what);
            return Network.Load<float>(stream);
        });
        fails = true;
        Stage.Network(seed: 2).Save(_stage.ModelPath);
        _stage.Time.Advance(10 * Stage.Interval);
        provider.Reload().Should().BeFalse();

        RequireFirst(provider);
        fails = false;
        RequireNext(provider);
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void A_log_may_throw_what_it_likes(string what)
    {
        _stage.Log.Disturbance = () => ThrowIf(true, what);
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1);
        File.Delete(_stage.ModelPath);
        _stage.Time.Advance(10 * Stage.Interval);
        File.WriteAllText(_stage.ModelPath, "this is no model, but it is long enough to be taken for one");
        _stage.Time.Advance(10 * Stage.Interval);
        provider.Reload().Should().BeFalse();

        RequireFirst(provider);
        RequireNext(provider);
    }

    [Fact]
    public void A_message_is_one_short_line_whatever_the_exception_says()
    {
        string hostile = "first\r\nERROR: second \u001b[31m\u202e" + new string('x', 100_000);
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1, options => options.Check = candidate =>
            ThrowIf(candidate.Seed == 2, new ArithmeticException(hostile)));
        Stage.Network(seed: 2).Save(_stage.ModelPath);
        provider.Reload().Should().BeFalse();

        provider.LastError!.Message.Should().Contain("first ERROR: second �[31m�x").And.NotMatchRegex(@"[\p{C}]");
        provider.LastError.Message.Length.Should().BeLessThan(2000);
        provider.LastError.ToString().Length.Should().BeLessThan(4000);
        RequireNext(provider);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_is_replaced_at_every_look_is_taken_after_a_few(bool isRenamed)
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 0);
        for (int seed = 1; seed <= 25; seed++)
        {
            if (isRenamed)
            {
                Stage.Network(seed).Save(_stage.ModelPath);
            }
            else
            {
                File.WriteAllBytes(_stage.ModelPath, Stage.Bytes(Stage.Network(seed)));
            }

            File.SetLastWriteTimeUtc(_stage.ModelPath, DateTime.UnixEpoch.AddDays(seed));
            _stage.Time.Advance(Stage.Interval);
            provider.Current.Seed.Should().BeGreaterThanOrEqualTo(seed - 5);
        }

        provider.Loaded.Version.Should().BeInRange(4, 7);
        provider.LastError.Should().BeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_is_away_or_empty_at_some_looks_and_replaced_at_all_others_is_taken(bool isEmpty)
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 0);
        for (int seed = 1; seed <= 40; seed++)
        {
            File.Delete(_stage.ModelPath);
            if (seed % 4 != 0)
            {
                Stage.Network(seed).Save(_stage.ModelPath);
                File.SetLastWriteTimeUtc(_stage.ModelPath, DateTime.UnixEpoch.AddDays(seed));
            }
            else if (isEmpty)
            {
                File.WriteAllBytes(_stage.ModelPath, []);
            }

            _stage.Time.Advance(Stage.Interval);
            provider.Current.Seed.Should().BeGreaterThanOrEqualTo(seed - 8);
        }
    }

    [Fact]
    public void Files_of_which_each_looks_like_the_one_before_half_written_are_taken_in_the_end()
    {
        // The last 16 KB are those of a layer that is not trained.
        IModelProvider<Network<float>> provider = _stage.Start(seed: 0, options => options.AllowShapeChange = true);
        byte[] bytes = Stage.Bytes(Network.Create<float>(3000, seed: 2).Dense(5).Dense(2).Build());
        for (int look = 1; look <= 105; look++)
        {
            bytes[bytes.Length / 2] = (byte)look;
            File.WriteAllBytes(_stage.ModelPath, bytes);
            File.SetLastWriteTimeUtc(_stage.ModelPath, DateTime.UnixEpoch.AddDays(look));
            _stage.Time.Advance(Stage.Interval);
            if (look < 50)
            {
                provider.Loaded.Version.Should().Be(1);
            }
        }

        provider.Loaded.Version.Should().Be(2);
        provider.LastError.Should().BeNull();
    }

    [Fact]
    public void A_load_that_ends_before_the_file_is_open_is_tried_ever_more_rarely()
    {
        using var never = new ManualResetEventSlim();
        bool hangs = false;
        ModelOptions<Network<float>>? all = null;
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1, options =>
        {
            all = options;
            options.Check = _ =>
            {
                if (hangs)
                {
                    never.Wait();
                }
            };
        });

        // The first load takes the time that it needs.
        all!.LoadTimeout = TimeSpan.FromMilliseconds(20);
        hangs = true;
        for (int i = 0; i < 4; i++)
        {
            provider.Reload().Should().BeFalse();
        }

        // From now on no thread is begun, so that no file is opened.
        Stage.Network(seed: 2).Save(_stage.ModelPath);
        var failures = new HashSet<ModelLoadException?>(ReferenceEqualityComparer.Instance);
        for (int look = 0; look < 1000; look++)
        {
            _stage.Time.Advance(Stage.Interval);
            failures.Add(provider.LastError);
        }

        failures.Count.Should().BeInRange(5, 15);
        provider.LastError!.Message.Should().Contain("4 earlier loads have not ended yet");
        RequireFirst(provider);
        never.Set();
    }

    [Fact]
    public void A_timer_that_throws_when_it_is_set_again_ends_nothing()
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1);
        _stage.Time.IsBroken = true;

        _stage.Time.Invoking(time => time.Advance(Stage.Interval)).Should().NotThrow();

        _stage.Time.IsBroken = false;
        provider.Reload().Should().BeTrue();
    }

    [Fact]
    public async Task First_requests_of_which_one_finds_the_file_and_another_does_not_tell_the_reason_or_the_model()
    {
        for (int round = 0; round < 20; round++)
        {
            using var stage = new Stage();
            IModelProvider<Network<float>> provider = stage.Provider();
            stage.Log.Disturbance = () => Thread.Sleep(1);
            Task[] requests = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                for (int i = 0; i < 20; i++)
                {
                    try
                    {
                        provider.Current.Seed.Should().Be(1);
                    }
                    catch (ModelLoadException)
                    {
                        // The file is not there yet.
                    }
                }
            }))];
            Stage.Network(seed: 1).Save(stage.ModelPath);
            await Task.WhenAll(requests).WaitAsync(_longest);
            provider.Current.Seed.Should().Be(1);
        }
    }

    [Fact]
    public void A_file_whose_place_was_made_before_its_contents_came_is_not_read_by_halves()
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1);
        byte[] arriving = Stage.Bytes(Network.Create<float>(3000, seed: 2).Dense(5).Dense(2).Build());
        using (FileStream file = new(_stage.ModelPath, FileMode.Create, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(arriving.Length);
            foreach (byte[] piece in arriving.Chunk(1000).SkipLast(1))
            {
                file.Write(piece);
                file.Flush();
                File.SetLastWriteTimeUtc(file.SafeFileHandle, DateTime.UnixEpoch.AddDays(file.Position));
                _stage.Time.Advance(Stage.Interval);
            }
        }

        provider.Loaded.Version.Should().Be(1);
        provider.LastError.Should().BeNull();
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("drive")]
    public void A_load_that_fails_for_another_reason_than_the_file_is_tried_ever_more_rarely(string what)
    {
        int reads = 0;
        bool fails = false;
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1, options => options.Load = stream =>
        {
            reads++;
            ThrowIf(fails, what);
            return Network.Load<float>(stream);
        });
        Stage.Network(seed: 2).Save(_stage.ModelPath);
        (reads, fails) = (0, true);

        _stage.Time.Advance(1000 * Stage.Interval);

        reads.Should().BeInRange(5, 15, "each try takes the memory and the time of a whole load");
        _stage.Errors.Should().ContainSingle();
        RequireFirst(provider);

        fails = false;
        _stage.Time.Advance(256 * Stage.Interval);
        provider.Current.Seed.Should().Be(2, "what failed for a while is taken in the end");
        provider.LastError.Should().BeNull();
    }

    [Fact]
    public void A_file_that_is_cut_while_it_is_read_counts_as_one_that_is_being_written()
    {
        bool cut = false;
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1, options => options.Load = stream =>
        {
            if (cut)
            {
                using FileStream file = new(_stage.ModelPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                file.SetLength(100);
            }

            return Network.Load<float>(stream);
        });
        cut = true;
        provider.Reload().Should().BeFalse();

        provider.LastError!.Message.Should().Contain("written to while it was read");
        RequireFirst(provider);
        cut = false;
        RequireNext(provider);
    }

    [Fact]
    public void A_check_that_asks_for_the_model_before_it_is_there_is_refused_by_name()
    {
        IModelProvider<Network<float>>? provider = null;
        Stage.Network(seed: 1).Save(_stage.ModelPath);
        provider = _stage.Provider(options => options.Check = _ => provider!.Current.Should().NotBeNull());

        provider.Invoking(one => one.Current).Should().Throw<ModelLoadException>()
            .WithMessage("The network 'digits' was not loaded*The network 'digits' is asked for from within its own*");
        provider.Invoking(one => one.Loaded).Should().Throw<ModelLoadException>();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_check_that_loads_the_model_again_is_refused_by_name(bool isOnOtherThread)
    {
        IModelProvider<Network<float>>? provider = null;
        provider = _stage.Start(seed: 1, options => options.Check = _ =>
        {
            if (provider is not null)
            {
                bool isLoaded = isOnOtherThread
                    ? Task.Run(provider.Reload).GetAwaiter().GetResult()
                    : provider.Reload();
                isLoaded.Should().BeFalse("it throws");
            }
        });

        (await Task.Run(provider.Reload).WaitAsync(_longest)).Should().BeFalse();

        provider.LastError!.Message.Should().Contain("is asked for from within its own Load or Check");
        RequireFirst(provider);
    }

    [Fact]
    public async Task A_check_that_ends_its_provider_ends_it()
    {
        IModelProvider<Network<float>>? provider = null;
        provider = _stage.Start(seed: 1, options => options.Check = _ => (provider as IDisposable)?.Dispose());

        await FluentActions.Awaiting(() => Task.Run(provider.Reload).WaitAsync(_longest)).Should()
            .ThrowAsync<ObjectDisposedException>();
        provider.Current.Seed.Should().Be(1);
    }

    [Fact]
    public void A_log_that_loads_the_model_again_does_so_once_only()
    {
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1);
        List<Exception> thrown = [];
        _stage.Log.Disturbance = () =>
        {
            try
            {
                provider.Reload();
            }
            catch (InvalidOperationException exception)
            {
                thrown.Add(exception);
            }
        };
        File.WriteAllText(_stage.ModelPath, "no model");
        provider.Reload().Should().BeFalse();

        thrown.Should().ContainSingle().Which.Message.Should().Contain("from a log that it writes to");
        _stage.Log.Disturbance = null;
        RequireFirst(provider);
        RequireNext(provider);
    }

    [Fact]
    public async Task A_check_that_never_returns_is_given_up()
    {
        using var never = new ManualResetEventSlim();
        bool hangs = false;
        ModelOptions<Network<float>>? all = null;
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1, options =>
        {
            all = options;
            options.Check = _ =>
            {
                if (hangs)
                {
                    never.Wait();
                }
            };
        });

        // The first load takes the time that it needs.
        all!.LoadTimeout = TimeSpan.FromMilliseconds(50);
        hangs = true;
        for (int i = 0; i < 4; i++)
        {
            (await Task.Run(provider.Reload).WaitAsync(_longest)).Should().BeFalse();
            provider.LastError!.Message.Should().Contain("it took longer than 00:00:00.0500000 and is given up");
        }

        (await Task.Run(provider.Reload).WaitAsync(_longest)).Should().BeFalse();
        provider.LastError!.Message.Should().Contain("4 earlier loads have not ended yet");
        RequireFirst(provider);

        hangs = false;
        never.Set();
        SpinWait.SpinUntil(provider.Reload, _longest).Should().BeTrue();
        provider.LastError.Should().BeNull();
        await Task.Run(_stage.Stop).WaitAsync(_longest);
    }

    [Fact]
    public async Task The_end_does_not_wait_for_a_check_that_never_returns()
    {
        using var never = new ManualResetEventSlim();
        using var began = new ManualResetEventSlim();
        bool hangs = false;
        IModelProvider<Network<float>> provider = _stage.Start(seed: 1, options => options.Check = _ =>
        {
            if (hangs)
            {
                began.Set();
                never.Wait();
            }
        });
        hangs = true;
        Task<bool> reload = Task.Run(provider.Reload);
        began.Wait(_longest).Should().BeTrue();

        await Task.Run(_stage.Stop).WaitAsync(_longest);

        await FluentActions.Awaiting(() => reload.WaitAsync(_longest)).Should().ThrowAsync<ObjectDisposedException>();
        provider.Current.Seed.Should().Be(1);
        never.Set();
    }

    [Fact]
    public async Task Reloads_and_the_end_may_meet()
    {
        for (int round = 0; round < 20; round++)
        {
            using var stage = new Stage();
            IModelProvider<Network<float>> provider = stage.Start(seed: 1);
            Task[] reloads = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                try
                {
                    while (provider.Reload())
                    {
                        provider.Current.Seed.Should().Be(1);
                    }

                    provider.LastError.Should().BeNull();
                }
                catch (ObjectDisposedException)
                {
                    // As it should be.
                }
            }))];
            await Task.Delay(round);
            await Task.Run(stage.Stop).WaitAsync(_longest);
            await Task.WhenAll(reloads).WaitAsync(_longest);
        }
    }

#pragma warning disable CA2201 // What the runtime throws is what has to be borne.
    private static void ThrowIf(bool isThrown, string what) => ThrowIf(isThrown, what switch
    {
        "own" => new OwnException(),
        "silent" => new SilentException(),
        "memory" => new OutOfMemoryException(),
        "cancelled" => new OperationCanceledException(),
        "disposed" => new ObjectDisposedException("a thing"),
        "null" => new NullReferenceException(),
        "aggregate" => new AggregateException(new OwnException(), new SilentException()),
        "timeout" => new TimeoutException(),
        "drive" => new IOException("the drive is away"),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    });
#pragma warning restore CA2201

    private static void ThrowIf(bool isThrown, Exception exception)
    {
        if (isThrown)
        {
            throw exception;
        }
    }

    private void RequireFirst(IModelProvider<Network<float>> provider)
    {
        provider.Loaded.Version.Should().Be(1);
        provider.Current.Seed.Should().Be(1);
        provider.LastError!.Message.Should().Contain("digits").And.Contain(_stage.ModelPath)
            .And.Contain("Version 1 stays in use");
    }

    private void RequireNext(IModelProvider<Network<float>> provider)
    {
        File.Delete(_stage.ModelPath);
        Stage.Network(seed: 7).Save(_stage.ModelPath);
        _stage.LetBeSeen();
        provider.Current.Seed.Should().Be(7);
        provider.LastError.Should().BeNull();
    }

    private sealed class OwnException : Exception;

    private sealed class SilentException : Exception
    {
        public override string Message => throw new NotSupportedException();
    }
}
