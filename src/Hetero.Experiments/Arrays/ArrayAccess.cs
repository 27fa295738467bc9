namespace Hetero.Experiments.Arrays;

/// <summary>How the numbers of a file come into memory. They are the same.</summary>
public enum ArrayAccess
{
    /// <summary>Mapped where the file has them as they are needed, read where not.</summary>
    Automatic,

    /// <summary>Read into memory of the process, in chunks.</summary>
    Memory,

    /// <summary>Mapped; a file of another precision, byte order or order of indices is refused.</summary>
    Mapped,
}
