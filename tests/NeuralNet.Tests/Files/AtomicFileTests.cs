using System.Diagnostics;
using System.Text;
using NeuralNet.Files;
using NeuralNet.Guards;

namespace NeuralNet.Tests.Files;

/// <summary>A file is written as a whole or not at all, and what is there is respected.</summary>
public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atomic-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_new_file_has_the_mode_that_the_process_gives_new_files()
    {
        File.WriteAllText(At("other"), "");
        Write(At("new"), "text");
        Text("new").Should().Be("text");
        Mode("new").Should().Be(Mode("other"));
        RequireNothingElse("new", "other");
    }

    [Theory]
    [InlineData(0b110_000_000)]
    [InlineData(0b110_110_110)]
    [InlineData(0b111_101_101)]
    [InlineData(0b110_100_000)]
    [InlineData(0b010_111_111_111)]
    public void The_mode_of_a_file_is_kept(int mode)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.WriteAllText(At("file"), "before");
        File.SetUnixFileMode(At("file"), (UnixFileMode)mode);
        Write(At("file"), "after");
        Text("file").Should().Be("after");

        // Where owners are unknown, nothing may run with the rights of one.
        Mode("file").Should().Be((UnixFileMode)(OperatingSystem.IsLinux() ? mode : mode & 0b111_111_111));
    }

    [Fact]
    public void Owners_that_are_not_known_are_not_the_same()
    {
        File.WriteAllText(At("file"), "");
        FileOwner.TryCopy(At("file"), At("file")).Should().Be(OperatingSystem.IsLinux());
        FileOwner.TryCopy(At("nowhere"), At("file")).Should().BeFalse();
        FileOwner.TryCopy(At("file"), At("nowhere")).Should().BeFalse();
    }

    [Fact]
    public void While_it_is_written_nobody_may_read_what_only_the_owner_may()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.WriteAllText(At("file"), "before");
        File.SetUnixFileMode(At("file"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        UnixFileMode? mode = null;
        AtomicFile.Write(At("file"), stream =>
        {
            string temporary = Directory.GetFiles(_folder).Single(path => path != At("file"));
            mode = new FileInfo(temporary).UnixFileMode;
        });
        mode.Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Owner_and_group_are_kept_where_the_process_may_give_them()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return;
        }

        File.WriteAllText(At("file"), "before");
        Run("chown", "1234:2345", At("file"));
        Write(At("file"), "after");
        Text("file").Should().Be("after");
        Run("stat", "-c", "%u:%g", At("file")).Should().Be("1234:2345");
    }

    [Theory]
    [InlineData("data/real")]
    [InlineData("absolute")]
    [InlineData("../up/real")]
    [InlineData("chain")]
    [InlineData("dangling")]
    [InlineData("through")]
    public void Symbolic_links_are_followed(string kind)
    {
        Directory.CreateDirectory(At("links"));
        Directory.CreateDirectory(At("links/data"));
        Directory.CreateDirectory(At("up"));
        string link = At("links/link");
        string real;
        switch (kind)
        {
            case "absolute":
                real = At("up/absolute");
                File.CreateSymbolicLink(link, real);
                break;
            case "chain":
                real = At("up/real");
                File.CreateSymbolicLink(At("links/second"), "../up/real");
                File.CreateSymbolicLink(link, At("links/second"));
                break;
            case "through":
                // ".." behind a link to a folder leads out of the folder that the link leads to.
                real = At("up/real");
                Directory.CreateDirectory(At("up/deep"));
                Directory.CreateSymbolicLink(At("links/folder"), "../up/deep");
                File.CreateSymbolicLink(At("up/deep/link"), "../real");
                link = At("links/folder/link");
                break;
            default:
                real = Path.GetFullPath(Path.Combine(At("links"), kind));
                File.CreateSymbolicLink(link, kind);
                break;
        }

        if (kind != "dangling")
        {
            File.WriteAllText(real, "before");
        }

        Write(link, "after");
        File.ReadAllText(real).Should().Be("after");
        new FileInfo(link).LinkTarget.Should().NotBeNull("the link is still one");
        new FileInfo(real).LinkTarget.Should().BeNull();
        Directory.GetFiles(_folder, ".*", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Fact]
    public void Links_in_a_circle_are_refused()
    {
        File.CreateSymbolicLink(At("a"), "b");
        File.CreateSymbolicLink(At("b"), "a");
        FluentActions.Invoking(() => Write(At("a"), "x")).Should().Throw<IOException>();
        Directory.GetFiles(_folder).Should().HaveCount(2);
    }

    [Fact]
    public void Another_hard_link_keeps_the_contents_of_before()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.WriteAllText(At("file"), "before");
        Run("ln", At("file"), At("other"));
        Write(At("file"), "after");
        Text("file").Should().Be("after");
        Text("other").Should().Be("before");
    }

    [Fact]
    public void Devices_are_written_to_and_stay_devices()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write("/dev/null", "nothing");
        File.CreateSymbolicLink(At("null"), "/dev/null");
        Write(At("null"), "nothing");
        Run("stat", "-c", "%F", "/dev/null").Should().Be("character special file");
        FluentActions.Invoking(() => Write("/dev/full", "too much")).Should().Throw<IOException>();
        AtomicFile.RequireWritable("/dev/null");
        RequireNothingElse("null");
        Directory.GetFiles("/dev", ".neuralnet*").Should().BeEmpty();
    }

    [Fact]
    public async Task A_pipe_is_written_to_and_stays_a_pipe()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Run("mkfifo", At("pipe"));
        AtomicFile.RequireWritable(At("pipe"));
        Task<string> reader = Task.Run(() => File.ReadAllText(At("pipe")));
        Write(At("pipe"), "through");
        (await reader).Should().Be("through");
        Run("stat", "-c", "%F", At("pipe")).Should().Be("fifo");
        RequireNothingElse("pipe");
    }

    [Fact]
    public void An_open_file_that_a_link_of_the_process_stands_for_is_written_on_at_its_end()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        File.WriteAllText(At("file"), "before, ");
        using FileStream open = new(At("file"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Write($"/proc/self/fd/{open.SafeFileHandle.DangerousGetHandle()}", "after");
        Text("file").Should().Be("before, after", "a log that a shell appends to keeps what it holds");
        using var reader = new StreamReader(open);
        reader.ReadToEnd().Should().Be("before, after", "the file is the same, not another one of its name");
    }

    [Fact]
    public void A_name_of_any_length_is_possible()
    {
        foreach (int length in new[] { 250, 255 })
        {
            string name = new('n', length);
            Write(At(name), "text");
            Write(At(name), "again");
            Text(name).Should().Be("again");
            File.Delete(At(name));
        }

        FluentActions.Invoking(() => Write(At(new('n', 256)), "text")).Should().Throw<IOException>();
        Directory.GetFiles(_folder).Should().BeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(100_000)]
    public void A_failure_while_writing_leaves_the_file_as_it_was(int written)
    {
        File.WriteAllText(At("file"), "before");
        DateTime time = File.GetLastWriteTimeUtc(At("file"));
        foreach (string name in new[] { "file", "new" })
        {
            FluentActions.Invoking(() => AtomicFile.Write(At(name), stream =>
            {
                stream.Write(new byte[written]);
                throw new InvalidOperationException("no more");
            })).Should().Throw<InvalidOperationException>().WithMessage("no more");
        }

        Text("file").Should().Be("before");
        File.GetLastWriteTimeUtc(At("file")).Should().Be(time);
        RequireNothingElse("file");
    }

    [Fact]
    public void A_folder_is_refused_and_one_that_is_missing_is_named()
    {
        FluentActions.Invoking(() => Write(_folder, "x"))
            .Should().Throw<IOException>().WithMessage($"'{_folder}' names a folder, not a file.");
        FluentActions.Invoking(() => Write(At("nowhere/file"), "x")).Should().Throw<DirectoryNotFoundException>()
            .WithMessage($"The folder '{At("nowhere")}' of '{At("nowhere/file")}' does not exist. Make it first*");
        FluentActions.Invoking(() => AtomicFile.RequireWritable(At("nowhere/file")))
            .Should().Throw<DirectoryNotFoundException>();
        Directory.GetFileSystemEntries(_folder).Should().BeEmpty();
    }

    [Fact]
    public void A_file_that_is_mounted_alone_and_one_in_a_folder_that_may_not_be_written_are_written_over()
    {
        // A single file in a container: its name cannot be given to another file.
        File.WriteAllText(At("source"), "a long text of before");
        File.WriteAllText(At("file"), "");
        if (!TryMount("--bind", At("source"), At("file")))
        {
            return;
        }

        try
        {
            Write(At("file"), "after");
            Text("file").Should().Be("after");
            Text("source").Should().Be("after");
            Write(At("file"), new string('x', 100_000));
            Text("source").Should().HaveLength(100_000);
            FluentActions.Invoking(() => AtomicFile.Write(At("file"), _ => throw new IOException()))
                .Should().Throw<IOException>();
            Text("source").Should().HaveLength(100_000);
            RequireNothingElse("source", "file");
        }
        finally
        {
            Run("umount", At("file"));
        }

        // A file that may be written on a file system that may not.
        Directory.CreateDirectory(At("disk"));
        TryMount("-t", "tmpfs", "-o", "size=64k", "none", At("disk")).Should().BeTrue();
        try
        {
            File.WriteAllText(At("disk/file"), "");
            TryMount("--bind", At("source"), At("disk/file")).Should().BeTrue();
            Run("mount", "-o", "remount,ro", At("disk"));
            AtomicFile.RequireWritable(At("disk/file"));
            Write(At("disk/file"), "there");
            Text("source").Should().Be("there");
            FluentActions.Invoking(() => Write(At("disk/new"), "x"))
                .Should().Throw<IOException>().WithMessage($"'{At("disk/new")}' cannot be written: *");
        }
        finally
        {
            Run("umount", At("disk/file"));
            Run("umount", At("disk"));
        }
    }

    [Fact]
    public void Where_every_rename_is_refused_files_are_written_all_the_same()
    {
        // In such a folder files can be made, but neither renamed nor deleted.
        File.WriteAllText(At("file"), "a long text of before");
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !IsAppendOnly(isOn: true))
        {
            return;
        }

        try
        {
            Write(At("file"), "after");
            Text("file").Should().Be("after");
            Write(At("new"), "there");
            Text("new").Should().Be("there");
            Mode("new").Should().Be(Mode("file"));
            string endless = At(new('n', 256));
            FluentActions.Invoking(() => Write(endless, "x")).Should().Throw<IOException>()
                .WithMessage($"'{MessageText.File(endless)}' cannot be written: *").Which.Message
                .Should().NotContain(".neuralnet-");
        }
        finally
        {
            IsAppendOnly(isOn: false);
        }
    }

    [Fact]
    public void A_full_disk_leaves_the_file_as_it_was()
    {
        Directory.CreateDirectory(At("disk"));
        if (!TryMount("-t", "tmpfs", "-o", "size=64k", "none", At("disk")))
        {
            return;
        }

        try
        {
            File.WriteAllText(At("disk/file"), "before");
            FluentActions.Invoking(() => AtomicFile.Write(At("disk/file"), stream => stream.Write(new byte[100_000])))
                .Should().Throw<IOException>();
            Text("disk/file").Should().Be("before");
            Directory.GetFiles(At("disk")).Should().ContainSingle();

            // The same where the file cannot be replaced.
            TryMount("--bind", At("disk/file"), At("disk/file")).Should().BeTrue();
            Run("mount", "-o", "remount,ro", At("disk"));
            FluentActions.Invoking(() => AtomicFile.Write(At("disk/file"), stream => stream.Write(new byte[100_000])))
                .Should().Throw<Exception>();
            Text("disk/file").Should().Be("before");
        }
        finally
        {
            Run("umount", "-l", At("disk/file"));
            Run("umount", "-l", At("disk"));
        }
    }

    [Fact]
    public async Task Of_many_writers_at_once_each_succeeds_and_the_file_is_always_whole()
    {
        string[] texts = [.. Enumerable.Range(0, 104).Select(i => new string((char)('a' + (i % 26)), 10_000 + i))];
        Write(At("file"), texts[0]);
        bool isDone = false;
        Task reader = Task.Run(() =>
        {
            while (!Volatile.Read(ref isDone))
            {
                texts.Should().Contain(File.ReadAllText(At("file")));
            }
        });
        try
        {
            Parallel.ForEach(texts, new() { MaxDegreeOfParallelism = 26 }, text => Write(At("file"), text));
        }
        finally
        {
            Volatile.Write(ref isDone, true);
            await reader;
        }

        texts.Should().Contain(Text("file"));
        RequireNothingElse("file");
    }

    [Fact]
    public void What_a_killed_writer_left_is_deleted_and_nothing_else()
    {
        string killed = "";
        AtomicFile.Write(At("model"), stream =>
        {
            killed = Path.GetFileName(Directory.GetFiles(_folder).Single());
        });
        TemporaryFile.IsName(killed).Should().BeTrue();
        string otherMachine = string.Concat(killed.AsSpan(0, 11), killed[11] == '0' ? "1" : "0", killed.AsSpan(12));
        string[] others =
        [
            killed + "x", "x" + killed, killed.ToUpperInvariant(), killed[..^1], killed + " ", killed[1..],
            killed.Replace(".tmp", ".TMP", StringComparison.Ordinal), otherMachine, Path.ChangeExtension(killed, "new"),
            "model.0123456789abcdef0123456789abcdef.tmp", ".neuralnet-.tmp", ".neuralnet-keep.tmp",
        ];
        foreach (string name in others.Append(killed))
        {
            File.WriteAllText(At(name), "");
        }

        Write(At("model"), "text");
        RequireNothingElse([.. others, "model"]);

        // Those of other machines, whose locks may not be seen here, are left alone for a day.
        File.SetLastWriteTimeUtc(At(otherMachine), DateTime.UtcNow.AddDays(-2));
        File.SetLastWriteTimeUtc(At(Path.ChangeExtension(killed, "new")), DateTime.UtcNow.AddDays(-2));
        File.SetLastWriteTimeUtc(At(others[0]), DateTime.UtcNow.AddDays(-2));
        Write(At("model"), "text");
        RequireNothingElse(
            [.. others.Except([otherMachine, Path.ChangeExtension(killed, "new")]), "model"]);
    }

    [Fact]
    public void What_a_living_writer_writes_is_not_deleted_however_old_it_is()
    {
        AtomicFile.Write(At("slow"), stream =>
        {
            stream.Write("slow"u8);
            stream.Flush();
            string path = Directory.GetFiles(_folder).Single();
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-3));
            Write(At("fast"), "fast");
            File.Exists(path).Should().BeTrue();
        });
        Text("slow").Should().Be("slow");
        Text("fast").Should().Be("fast");
        RequireNothingElse("slow", "fast");
    }

    private string At(string name) => Path.Combine(_folder, name);

    private string Text(string name) => File.ReadAllText(At(name));

    private UnixFileMode Mode(string name) =>
        OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(At(name));

    private void RequireNothingElse(params string[] names) =>
        Directory.GetFiles(_folder).Select(Path.GetFileName).Should().BeEquivalentTo(names);

    private static void Write(string path, string text) =>
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    // Where mounting is not allowed, as to most users, there is nothing to try.
    private static bool TryMount(params string[] arguments) =>
        OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Start("mount", arguments).ExitCode == 0;

    private bool IsAppendOnly(bool isOn) => Start("chattr", [isOn ? "+a" : "-a", _folder]).ExitCode == 0;

    private static string Run(string program, params string[] arguments)
    {
        (int exitCode, string output) = Start(program, arguments);
        exitCode.Should().Be(0, "{0} {1}", program, string.Join(' ', arguments));
        return output.Trim();
    }

    private static (int ExitCode, string Output) Start(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
