/** Routes of trainings: start one, see how far it is, cancel it. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { type Scheduler, startTasks } from "../delivery/index.ts";
import { segmentFeatures } from "../ml/customer-segments/traits.ts";
import { readModelCard } from "../ml/runs/model-card.ts";
import { trainableModels } from "../ml/runs/trainable-models.ts";
import type { ShopContext } from "./context.ts";
import { begun } from "./documented-answer.ts";
import { parsed } from "./parsed.ts";
import { retrainDays, retrainDue } from "./retrain.ts";
import { Trainings } from "./trainings.ts";

const settingsSchema = z.strictObject({
  cutoff: z.iso.date().optional(),
  "horizon-days": z.int().min(1).max(3650).optional(),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .optional(),
  k: z.union([z.int().min(1).max(50), z.literal("auto")]).optional(),
  features: z.enum(segmentFeatures).optional(),
  promote: z.boolean().optional(),
  experiment: z.string().min(1).max(63).optional(),
});

const bodySchema = {
  type: "object",
  properties: {
    cutoff: { type: "string", format: "date", description: "Nothing dated on this day or later is seen" },
    "horizon-days": { type: "integer", minimum: 1, maximum: 3650, description: "Days looked ahead" },
    seed: { type: "integer", minimum: 0, description: "Seed of what is drawn by chance" },
    k: { description: "Clusters of customer-segments, 1 to 50, or auto" },
    features: { type: "string", enum: segmentFeatures, description: "What customer-segments go by" },
    promote: { type: "boolean", description: "Let the new run answer also where it was measured worse" },
    experiment: { type: "string", maxLength: 63, description: "Finished experiment that uplift is learnt from" },
  },
};

const tags = ["models"];
/** Pause between two looks at which model is due. */
const retrainEveryMs = 10 * 60_000;

export function installTrainingRoutes(server: FastifyInstance, context: ShopContext): void {
  let made: Trainings | null = null;
  const trainings = (): Trainings => {
    made ??= new Trainings(context.workspace);
    return made;
  };
  let tasks: Scheduler | null = null;
  if (retrainDays(context.workspace).size > 0) {
    const run = async (): Promise<void> => void (await retrainDue(context.workspace, trainings()));
    const task = { name: "train anew what is due", everyMs: retrainEveryMs, run };
    server.addHook("onListen", async () => {
      tasks = startTasks([task], (name, error) => server.log.warn({ task: name, err: error }, "task failed"));
    });
  }
  server.addHook("preClose", async () => {
    await tasks?.stop();
    await made?.close();
  });

  server.get(
    "/api/v1/trainings",
    {
      schema: {
        operationId: "list-trainings",
        summary: "Trainings of this server, the newest first",
        description: "Those of before it started are in the analysis model-runs.",
        tags,
      },
    },
    () => ({ rows: trainings().list() }),
  );

  for (const model of trainableModels) {
    server.get(
      `/api/v1/models/${model}/card`,
      {
        config: { problems: ["model_not_trained"] },
        schema: {
          operationId: `card-of-${model}`,
          summary: `What is to be known of ${model}: its page, and the facts of the run that answers`,
          tags,
        },
      },
      async () => await readModelCard(context.workspace.warehouse, model),
    );
    server.post(
      `/api/v1/models/${model}/train`,
      {
        config: { problems: ["training_busy", "too_little_data"], role: "analyst" },
        schema: {
          ...begun,
          operationId: `train-${model}`,
          summary: `Train ${model} on the shop's data`,
          description: "Answers at once; the training goes on in a process of its own, one at a time.",
          tags,
          body: bodySchema,
        },
      },
      async (request, reply) => {
        const settings = parsed(settingsSchema, request.body, "the settings");
        const training = trainings().start(model, definedOf(settings), request.principal?.name ?? "unknown");
        return await reply.code(202).send(training);
      },
    );
  }

  server.delete<{ Params: { id: string } }>(
    "/api/v1/trainings/:id",
    {
      config: { problems: ["training_busy"], role: "analyst" },
      schema: { operationId: "cancel-training", summary: "Cancel a training; nothing of it is kept", tags },
    },
    async (request) => await trainings().cancel(request.params.id),
  );
}

type Settings = Readonly<Record<string, string | number | boolean>>;

const definedOf = (settings: z.infer<typeof settingsSchema>): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Settings;
