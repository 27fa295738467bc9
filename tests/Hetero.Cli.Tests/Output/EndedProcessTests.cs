using Hetero.Cli.Output;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Output;

/// <summary>Alone, since it takes away the temporary files of the whole process.</summary>
[CollectionDefinition(nameof(EndedProcessTests), DisableParallelization = true)]
[Collection(nameof(EndedProcessTests))]
public class EndedProcessTests
{
    [Fact]
    public void A_process_that_is_being_ended_clears_its_own_temporary_files()
    {
        using TemporaryDirectory directory = new(), other = new();
        using TemporaryFile first = TemporaryFile.Create(directory.Path), second = TemporaryFile.Create(other.Path);
        TemporaryFile.DeleteAll();
        Assert.Empty(directory.Names);
        Assert.Empty(other.Names);
    }
}
