using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Arrays;
using Hetero.Experiments.Data;
using Hetero.Experiments.Tests.Arrays;
using Xunit;

namespace Hetero.Experiments.Tests.Data;

/// <summary>Data sets open as they were written, train with the same bits by each way into memory, and are refused by the file that is wrong.</summary>
public class DataSetTests
{
    private const string Good = """{"format":"hetero-data","version":1,"dimension":4,"layout":"svec","environments":[{"measurements":"x0.npy","responses":"y0.npy"}]}""";

    public static TheoryData<string, string, string> Manifests => new()
    {
        { Good, "hetero-data", "\"other\" as format; accepted is hetero-data." },
        { Good, "\"version\":1", "2 as version; accepted is 1." },
        { Good, "\"dimension\":4", "0 as dimension; accepted is a whole number from 1 on." },
        { Good, "svec", "\"other\" as layout; accepted is one of svec, square, vector, rank-one." },
        { Good, "measurements", "'other' in environments[0]; accepted is measurements and, where wanted, responses, name, probability." },
        { Good, "\"x0.npy\"", "7 as environments[0].measurements; accepted is a text of one character or more." },
        { Good, "}]", "'probability' twice in environments[0]" },
        { Good, "}]}", "0 as environments[0].probability; accepted is a number above 0, at most 1." },
        { Good, "}],", "is not JSON" },
        { Good, "\"environments\":[{\"measurements\":\"x0.npy\",\"responses\":\"y0.npy\"}]", "no 'environments' in the document" },
        { Good, "{\"measurements\":\"x0.npy\",\"responses\":\"y0.npy\"}", "[] as environments; accepted is a list of one or more." },
        { Good, "\"responses\":\"y0.npy\"", "no 'responses' in environments[0]" },
    };

    [Fact]
    public void What_was_written_is_opened_and_trains_with_the_same_bits_by_each_way_into_memory()
    {
        using DataFolder folder = DataFolder.Make();
        double[]? first = null;
        foreach (ArrayAccess access in Enum.GetValues<ArrayAccess>())
        {
            using DataSet<double> data = DataSet<double>.Open(folder.Manifest, access);
            Assert.Equal(access == ArrayAccess.Memory ? 0 : 4, data.MappedArrays);
            Assert.Equal(DataFolder.Recipe, data.Manifest.Recipe);
            Assert.Equal(["low", "high"], data.Manifest.Environments.Select(environment => environment.Name));
            HeteroSgd<double> trainer = new(data.CreateMeasurements(), new TrainingOptions { Seed = 1, Samples = 10, StepSize = StepSizeSchedule.Constant(0.05), FactorColumns = 2 });
            trainer.Run(20);
            double[] estimate = new double[16];
            trainer.CopyEstimate(new(estimate, 4, 4));
            first ??= estimate;
            Assert.Equal(first, estimate);
        }
    }

    // 60 rows of which some repeat, 7 at a time by their hashes: the same as at once.
    [Fact]
    public void Repeats_are_found_in_several_passes_as_in_one()
    {
        using DataFolder folder = DataFolder.Make();
        double[] numbers;
        using (DataSet<double> plain = DataSet<double>.Open(folder.Manifest))
        {
            numbers = [.. plain.Environments[0].Measurements[..120].ToArray(), .. plain.Environments[1].Measurements[..180].ToArray()];
        }

        numbers.AsSpan(0, 50).CopyTo(numbers.AsSpan(200));
        folder.Write("x1.npy", numbers, 30, 10);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        RowRepeats once = RowRepeats.In(data, default), several = RowRepeats.In(data, 7, default);
        Assert.Equal((5, 17), (once.Within.Count, once.Between.Count));
        foreach ((RowRepeats.Found expected, RowRepeats.Found found) in new[] { (once.Within, several.Within), (once.Between, several.Between) })
        {
            Assert.Equal((expected.Count, expected.DifferentResponses, expected.First), (found.Count, found.DifferentResponses, found.First));
            Assert.Equal(expected.Environments, found.Environments);
        }
    }

    // Big-endian, Fortran order, in an archive: other files, the same data.
    [Fact]
    public void Arrays_in_an_archive_are_found_by_their_names()
    {
        using DataFolder folder = DataFolder.Make();
        using DataSet<double> plain = DataSet<double>.Open(folder.Manifest);
        using (FileStream stream = File.Create(folder.PathOf("all.npz")))
        using (NpzWriter writer = new(stream))
        {
            writer.Write("x", plain.Environments[0].Measurements.Span, 30, 10);
            writer.Write("y", plain.Environments[0].Responses.Span, 30);
        }

        folder.Write("data.json", Good.Replace("x0.npy", "all.npz:x", StringComparison.Ordinal).Replace("y0.npy", "all.npz:y", StringComparison.Ordinal));
        using DataSet<double> packed = DataSet<double>.Open(folder.Manifest);
        Assert.Equal(plain.Environments[0].Measurements.ToArray(), packed.Environments[0].Measurements.ToArray());
        Assert.Equal(plain.Environments[0].Responses.ToArray(), packed.Environments[0].Responses.ToArray());
        Assert.Equal("0", packed.Manifest.Environments[0].Name);
    }

    [Fact]
    public void Manifests_come_back_equal()
    {
        DataManifest manifest = new()
        {
            Dimension = 7,
            Layout = MeasurementLayout.Square,
            Environments = [new("a \"b\"", "x.npy", "y.npy", 0.25), new("ü", "u.npz:x", "v.npy", 0.75)],
            Truth = "truth.npy",
            Recipe = DataFolder.Recipe,
        };
        Assert.Equal(manifest, DataManifestJson.Parse(System.Text.Encoding.UTF8.GetBytes(DataManifestJson.ToText(manifest)), "a.json"));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_manifest(string good, string changed, string message)
    {
        using DataFolder folder = DataFolder.Make();
        string other = changed switch
        {
            "\"version\":1" => "\"version\":2",
            "\"dimension\":4" => "\"dimension\":0",
            "\"x0.npy\"" => "7",
            "}]" => ",\"probability\":1,\"probability\":1}]",
            "}]}" => ",\"probability\":0}]}",
            "}]," => "",
            "\"environments\":[{\"measurements\":\"x0.npy\",\"responses\":\"y0.npy\"}]" => "\"truth\":\"t.npy\"",
            "{\"measurements\":\"x0.npy\",\"responses\":\"y0.npy\"}" => "",
            "\"responses\":\"y0.npy\"" => "\"name\":\"a\"",
            _ => "other",
        };
        folder.Write("data.json", changed == "}]," ? good[..40] : good.Replace(changed, other, StringComparison.Ordinal));
        DataFileException refusal = Assert.Throws<DataFileException>(() => DataSet<double>.Open(folder.Manifest));
        Assert.StartsWith($"'{folder.Manifest}' ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void Arrays_that_do_not_fit_name_their_file()
    {
        using DataFolder folder = DataFolder.Make();
        folder.Write("y1.npy", new double[29], 29);
        Refused<DataFileException>("x1.npy", "has the shape (30, 10); accepted is (29, 10), for dimension 4 and the 29 responses of '");
        folder.Write("y1.npy", new double[30], 30, 1);
        Refused<DataFileException>("y1.npy", "has the shape (30, 1); accepted is a response for each measurement, (n,) with n from 1 on.");
        folder.Write("y1.npy", [], 0);
        Refused<DataFileException>("y1.npy", "has the shape (0,)");
        double[] x = new double[300];
        x[57] = double.NaN;
        folder.Write("y1.npy", new double[30], 30);
        folder.Write("x1.npy", x, 30, 10);
        Refused<DataFileException>("x1.npy", "has NaN in row 5, at place 7 of it, both counted from 0; accepted is finite numbers.");
        File.WriteAllText(folder.PathOf("x1.npy"), "1,2,3");
        Refused<ArrayFileException>("x1.npy", "ends within its header");
        foreach ((string file, string message) in new[]
        {
            ("objects.npy", "has numbers of type '|O'"), ("integers.npy", "has numbers of type '<i4'; accepted is f4 or f8"), ("records.npy", "holds records of several fields"),
        })
        {
            File.Copy(NumPyFiles.Of(file), folder.PathOf("x1.npy"), overwrite: true);
            Refused<ArrayFileException>("x1.npy", message);
        }

        // A header of 10⁹ bytes, a shape beyond 2⁶³ bytes, a pickle.
        File.WriteAllBytes(folder.PathOf("x1.npy"), [0x93, .. "NUMPY"u8, 2, 0, 0, 0xCA, 0x9A, 0x3B, .. "{"u8]);
        Refused<ArrayFileException>("x1.npy", "has a header of 1000000000 bytes");
        File.WriteAllBytes(folder.PathOf("x1.npy"), RawNpy.Header("{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }"));
        Refused<ArrayFileException>("x1.npy", "has a shape of more than 2^63 bytes");
        File.WriteAllBytes(folder.PathOf("x1.npy"), [0x80, 4, 0x95, 0x0B, 0, 0, 0, 0, 0, 0, 0]);
        Refused<ArrayFileException>("x1.npy", "begins with 8004950B0000, not with 934E554D5059");
        File.Delete(folder.PathOf("x1.npy"));
        string manifest = File.ReadAllText(folder.Manifest);
        File.Copy(NumPyFiles.Of("bomb.npz"), folder.PathOf("bomb.npz"));
        folder.Write("data.json", manifest.Replace("x1.npy", "bomb.npz:x", StringComparison.Ordinal));
        Refused<ArrayFileException>("bomb.npz:x", "would be 8388736 bytes from ");
        folder.Write("data.json", manifest.Replace("x1.npy", "bomb.npz:other", StringComparison.Ordinal));
        Refused<ArrayFileException>("bomb.npz", "has no array 'other'; accepted is one of x.");
        folder.Write("data.json", manifest);
        Refused<DataFileException>("x1.npy", "is not there; accepted is an array (.npy, or .npz:name) that is there and can be read, named relative to the manifest.");
        Directory.CreateDirectory(folder.PathOf("x1.npy"));
        Refused<DataFileException>("x1.npy", "is a directory; accepted is an array");
        Directory.Delete(folder.PathOf("x1.npy"));
        if (OperatingSystem.IsLinux())
        {
            File.CreateSymbolicLink(folder.PathOf("x1.npy"), folder.PathOf("x1.npy"));
            Refused<DataFileException>("x1.npy", "cannot be read (Too many levels of symbolic links");
            File.Delete(folder.PathOf("x1.npy"));
            File.CreateSymbolicLink(folder.PathOf("x1.npy"), "/dev/zero");
            Refused<ArrayFileException>("x1.npy", "begins with 000000000000, not with 934E554D5059");
            File.Delete(folder.PathOf("x1.npy"));
            File.CreateSymbolicLink(folder.PathOf("x1.npy"), "/dev/null");
            Refused<ArrayFileException>("x1.npy", "ends within its header");
        }

        void Refused<TException>(string file, string message)
            where TException : Exception
        {
            TException refusal = Assert.Throws<TException>(() => DataSet<double>.Open(folder.Manifest));
            Assert.StartsWith($"'{folder.PathOf(file)}' ", refusal.Message, StringComparison.Ordinal);
            Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        }
    }

    // Mapped arrays are read by the check alone, which may take as long as the disk.
    [Fact]
    public void Opening_is_given_up()
    {
        using DataFolder folder = DataFolder.Make();
        foreach (ArrayAccess access in Enum.GetValues<ArrayAccess>())
        {
            Assert.ThrowsAny<OperationCanceledException>(() => DataSet<double>.Open(folder.Manifest, access, new CancellationToken(canceled: true)));
        }
    }

    // In the second part of those that are looked at one after another.
    [Fact]
    public void A_number_far_behind_is_found_at_its_place()
    {
        using DataFolder folder = DataFolder.Make();
        const int Rows = 110_000;
        double[] x = new double[Rows * 10];
        x[1_050_003] = double.PositiveInfinity;
        folder.Write("x0.npy", x, Rows, 10);
        folder.Write("y0.npy", new double[Rows], Rows);
        Assert.Contains(
            "in row 105000, at place 3 of it", Assert.Throws<DataFileException>(() => DataSet<double>.Open(folder.Manifest)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Squares_that_are_not_symmetric_are_counted()
    {
        using DataFolder folder = DataFolder.Make();
        double[] squares = new double[3 * 16];
        squares[16 + 1] = 1;
        squares[32 + 1] = squares[32 + 4] = 1;
        folder.Write("x0.npy", squares, 3, 4, 4);
        folder.Write("y0.npy", [1, 2, 3], 3);
        folder.Write("data.json", Good.Replace("svec", "square", StringComparison.Ordinal));
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        Assert.Equal(1, data.AsymmetricMatrices);
    }
}
