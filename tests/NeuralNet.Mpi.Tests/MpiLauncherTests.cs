namespace NeuralNet.Mpi.Tests;

/// <summary>How a process knows what started it. With processes, tests/mpi/run tests the rest.</summary>
public sealed class MpiLauncherTests
{
    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE=4;PMIX_RANK=1;SLURM_STEP_NUM_TASKS=2", "Open MPI's mpirun", 4, true)]
    [InlineData("PMI_RANK=0;PMI_SIZE=3", "an mpirun of MPICH's kind", 3, false)]
    [InlineData("PMI_RANK=0", "an mpirun of MPICH's kind", null, false)]
    [InlineData("PMIX_RANK=0;SLURM_STEP_NUM_TASKS=8", "a launcher with PMIx", 8, null)]
    public void A_launcher_is_known_by_its_variables(string variables, string name, int? processes, bool? isOpenMpi)
    {
        MpiLauncher launcher = MpiLauncher.Find(Variables(variables))!;
        launcher.Name.Should().Be(name);
        launcher.Processes.Should().Be(processes);
        launcher.IsOpenMpi.Should().Be(isOpenMpi);
        launcher.Libraries.Should().Contain(isOpenMpi == false ? "libmpich.so.12" : "libmpi.so.40");
    }

    [Theory]
    [InlineData("")]
    [InlineData("SLURM_NTASKS=4;SLURM_PROCID=0")]
    [InlineData("SLURM_STEP_NUM_TASKS=1")]
    public void Without_a_launcher_there_is_one_process(string variables) =>
        MpiLauncher.Find(Variables(variables)).Should().BeNull();

    [Fact]
    public void Processes_of_Slurm_that_cannot_find_each_other_are_refused()
    {
        Action find = () => MpiLauncher.Find(Variables("SLURM_STEP_NUM_TASKS=4"));
        find.Should().Throw<InvalidOperationException>().WithMessage("*each would train by itself*--mpi=pmix*");
    }

    [Fact]
    public void A_missing_library_is_said_with_what_to_install()
    {
        MpiLauncher launcher = MpiLauncher.Find(Variables("PMI_RANK=0"))! with { Libraries = ["libnone.so.1"] };
        Action load = () => MpiLibrary.Load(launcher, path: null);
        load.Should().Throw<DllNotFoundException>()
            .WithMessage("*an mpirun of MPICH's kind*apt install mpich*environment variable NEURALNET_MPI*");
        Action named = () => MpiLibrary.Load(launcher, "/nowhere/libmpi.so");
        named.Should().Throw<DllNotFoundException>().WithMessage("*NEURALNET_MPI names '/nowhere/libmpi.so'*");
    }

    [Fact]
    public void A_library_that_is_not_MPI_is_not_taken()
    {
        MpiLauncher launcher = MpiLauncher.Find(Variables("PMI_RANK=0"))! with { Libraries = ["libc.so.6"] };
        Action load = () => MpiLibrary.Load(launcher, path: null);
        load.Should().Throw<DllNotFoundException>();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Shards_and_patience_are_positive(int shards, int seconds)
    {
        Action connect = () => MpiWorkers.Connect(shards, TimeSpan.FromSeconds(seconds));
        connect.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Started_alone_a_process_is_the_only_worker()
    {
        MpiWorkers.Connect(8).Should().Match<NeuralNet.Distributed.IWorkers>(workers =>
            workers.Rank == 0 && workers.Count == 1 && workers.Shards == 8);
    }

    private static Func<string, string?> Variables(string text)
    {
        Dictionary<string, string> variables = text.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('=')).ToDictionary(parts => parts[0], parts => parts[1]);
        return variables.GetValueOrDefault;
    }
}
