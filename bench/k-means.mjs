// k-means++ on 500,000 customers in three dimensions, six clusters, beside the budget of half a second a start.
// `node bench/k-means.mjs [--points 500000]`
import { kMeans } from "../dist/ml/customer-segments/k-means.js";
import { silhouette } from "../dist/ml/customer-segments/silhouette.js";
import { createRandom } from "../dist/stats/random.js";
import { option } from "./support/shop.mjs";

const count = option("points", 500_000);
const random = createRandom(1);
const values = new Float64Array(count * 3);
for (let point = 0; point < count; point += 1)
  for (let d = 0; d < 3; d += 1) values[point * 3 + d] = random.normal(((point % 6) * (d + 1) * 7) % 11, 1);
const points = { count, dimensions: 3, values };
const times = [];
let inertia = Number.POSITIVE_INFINITY;
let assignment = new Uint16Array(0);
for (let start = 0; start < 5; start += 1) {
  const startedAt = process.cpuUsage();
  const clustering = kMeans(points, 6, random.uniform, 1);
  times.push(process.cpuUsage(startedAt).user / 1e6);
  if (clustering.inertia < inertia) ({ inertia, assignment } = clustering);
}
const mean = times.reduce((sum, one) => sum + one, 0) / times.length;
console.log(
  `${count.toLocaleString("en")} x 3, 6 clusters: ${times.map((one) => one.toFixed(2)).join(", ")} s of one core a start, mean ${mean.toFixed(2)} (budget 0.5); inertia ${Math.round(inertia).toLocaleString("en")}`,
);
const startedAt = performance.now();
const quality = silhouette(points, assignment, 6);
console.log(
  `silhouette ${quality?.overall.toFixed(3)} on a sample in ${((performance.now() - startedAt) / 1000).toFixed(2)} s`,
);
