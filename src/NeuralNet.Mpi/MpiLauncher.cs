using System.Globalization;

namespace NeuralNet.Mpi;

/// <summary>
/// What a process can know of how it was started: by which family of launchers, and with how many others.
/// </summary>
/// <param name="Name">What the launcher is called in messages.</param>
/// <param name="Processes">Number of processes that it started; null if it does not say.</param>
/// <param name="Libraries">The files to look for its library in, in their order.</param>
/// <param name="IsOpenMpi">Whether only Open MPI fits it (true), only MPICH's family (false), or either (null).</param>
/// <param name="Remedy">What to install if there is no library.</param>
internal sealed record MpiLauncher(
    string Name, int? Processes, IReadOnlyList<string> Libraries, bool? IsOpenMpi, string Remedy)
{
    private const string InstallOpenMpi = "install Open MPI 4 or later (Debian and Ubuntu: apt install openmpi-bin)";
    private const string InstallMpich = "install MPICH 3 or later (Debian and Ubuntu: apt install mpich)";

    private static readonly string[] _openMpi = ["libmpi.so.40", "libmpi.40.dylib", "libmpi.so", "libmpi.dylib"];

    private static readonly string[] _mpich =
    [
        "libmpi.so.12", "libmpich.so.12", "libmpi.12.dylib", "libmpich.12.dylib", "libmpi.so", "libmpi.dylib",
        "msmpi.dll", "impi.dll",
    ];

    /// <summary>The launcher of this process, or null if it was started without one.</summary>
    /// <param name="variable">Reads environment variables.</param>
    /// <exception cref="InvalidOperationException">
    /// Slurm started several processes that cannot find each other.
    /// </exception>
    public static MpiLauncher? Find(Func<string, string?> variable)
    {
        if (variable("OMPI_COMM_WORLD_SIZE") is { } openMpi)
        {
            return new("Open MPI's mpirun", Number(openMpi), _openMpi, true, InstallOpenMpi);
        }

        if (variable("PMI_RANK") is not null)
        {
            return new("an mpirun of MPICH's kind", Number(variable("PMI_SIZE")), _mpich, false, InstallMpich);
        }

        if (variable("PMIX_RANK") is not null)
        {
            int? processes = Number(variable("SLURM_STEP_NUM_TASKS"));
            return new("a launcher with PMIx", processes, [.. _openMpi, .. _mpich], null, InstallOpenMpi);
        }

        if (Number(variable("SLURM_STEP_NUM_TASKS")) > 1)
        {
            throw new InvalidOperationException(
                "Slurm has started several processes, but nothing by which they find each other, so each would train "
                + "by itself. Start them with srun --mpi=pmix (or pmi2, for MPICH), or with mpirun.");
        }

        return null;
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
