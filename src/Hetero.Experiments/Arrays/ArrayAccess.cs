namespace Hetero.Experiments.Arrays;

/// <summary>How the numbers of a file come into memory. They are the same.</summary>
public enum ArrayAccess
{
    /// <summary>Mapped where the file has them as they are needed; where not, as <see cref="Memory"/> while that takes a quarter of the memory that the process may use at most, as
    /// <see cref="Chunked"/> beyond.</summary>
    Automatic,

    /// <summary>Read into memory of the process, in chunks.</summary>
    Memory,

    /// <summary>Mapped; a file of another precision, byte order or order of indices is refused.</summary>
    Mapped,

    /// <summary>Mapped where the file has them as they are needed; where not, converted in chunks into a temporary file without a name, which is mapped: disk in the place of memory.</summary>
    Chunked,
}
