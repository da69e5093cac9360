using System.Runtime.InteropServices;

namespace NeuralNet.Mpi;

/// <summary>
/// The values that the two families of MPI libraries give their predefined objects. Open MPI's are addresses of symbols
/// that it exports; those of MPICH, Intel MPI, MVAPICH and MS-MPI are the numbers of their common header.
/// </summary>
/// <param name="World">MPI_COMM_WORLD.</param>
/// <param name="Bytes">MPI_BYTE.</param>
/// <param name="ErrorsReturn">MPI_ERRORS_RETURN.</param>
/// <param name="NoStatus">MPI_STATUS_IGNORE.</param>
internal readonly record struct MpiAbi(nint World, nint Bytes, nint ErrorsReturn, nint NoStatus)
{
    private const string OpenMpiWorld = "ompi_mpi_comm_world";

    /// <summary>True if a loaded library is Open MPI, false if it is of MPICH's family.</summary>
    public static bool IsOpenMpi(nint library) => NativeLibrary.TryGetExport(library, OpenMpiWorld, out _);

    /// <summary>The values of a library.</summary>
    public static MpiAbi Of(nint library) =>
        IsOpenMpi(library)
            ? new(
                NativeLibrary.GetExport(library, OpenMpiWorld),
                NativeLibrary.GetExport(library, "ompi_mpi_byte"),
                NativeLibrary.GetExport(library, "ompi_mpi_errors_return"),
                0)
            : new(0x44000000, 0x4c00010d, 0x54000001, 1);
}
